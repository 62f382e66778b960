-- Who asks, read at one moment in one statement: an official under one mandate, its organisation, training, suspensions.
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
  account.is_active AND official.is_active AND organisation.is_active
  AND %(role)s = ANY (%(roles)s)
  AND EXISTS (
    SELECT FROM offices_mandate mandate
    WHERE mandate.official_id = official.id AND mandate.organisation_id = organisation.id AND mandate.role = %(role)s
      AND mandate.state = 'approved' AND %(today)s BETWEEN mandate.starts_on AND mandate.ends_on
      AND coalesce(mandate.reapproval_due_on, mandate.ends_on) >= %(today)s
  )
  AND NOT EXISTS (
    SELECT FROM offices_suspension stop
    WHERE stop.official_id = official.id
      AND stop.from_at <= %(at)s AND coalesce(stop.lifted_at, stop.ends_at) > %(at)s
  ),
  (
    SELECT max(training.valid_until) FROM offices_training training
    WHERE training.official_id = official.id AND training.passed_on <= %(today)s
      AND NOT EXISTS (SELECT FROM offices_trainingtakenback gone WHERE gone.training_id = training.id)
  ),
  official.own_document
FROM offices_official official
JOIN foundation_account account ON account.id = official.account_id
JOIN offices_organisation organisation ON organisation.id = %(organisation_id)s
WHERE official.id = %(official_id)s
