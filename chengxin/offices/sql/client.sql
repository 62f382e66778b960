-- A machine client by its public uid, read at each of its requests in one statement: its row, its organisation, suspensions of both.
SELECT
  client.id,
  client.uid,
  client.organisation_id,
  client.name,
  client.public_key,
  client.may_ask,
  client.may_supply,
  client.state,
  client.starts_on,
  client.ends_on,
  client.proposed_at,
  client.proposed_by,
  client.approved_at,
  client.approved_by,
  client.ended_at,
  client.ended_by,
  organisation.is_active,
  EXISTS (
    SELECT FROM offices_suspension stop
    WHERE (stop.client_id = client.id OR stop.organisation_id = client.organisation_id)
      AND stop.from_at <= %(at)s AND coalesce(stop.lifted_at, stop.ends_at) > %(at)s
  )
FROM offices_client client
JOIN offices_organisation organisation ON organisation.id = client.organisation_id
WHERE client.uid = %(uid)s
