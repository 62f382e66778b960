-- Who asks, read at one moment in one statement: a machine client, its organisation, its days, suspensions of both.
SELECT
  organisation.id,
  organisation.org_code,
  organisation.kind,
  organisation.is_active,
  EXISTS (
    SELECT FROM offices_suspension stop
    WHERE stop.organisation_id = organisation.id
      AND stop.from_at <= %(at)s AND coalesce(stop.lifted_at, stop.ends_at) > %(at)s
  ),
  organisation.is_active AND client.state = 'approved' AND client.may_ask
  AND %(today)s BETWEEN client.starts_on AND client.ends_on
  AND NOT EXISTS (
    SELECT FROM offices_suspension stop
    WHERE stop.client_id = client.id
      AND stop.from_at <= %(at)s AND coalesce(stop.lifted_at, stop.ends_at) > %(at)s
  )
FROM offices_client client
JOIN offices_organisation organisation ON organisation.id = client.organisation_id
WHERE client.id = %(client_id)s AND client.organisation_id = %(organisation_id)s
