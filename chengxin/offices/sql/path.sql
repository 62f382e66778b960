-- The organisations from one up to the root: itself first, the root last.
WITH RECURSIVE path (id, parent_id, step) AS (
  SELECT id, parent_id, 0 FROM offices_organisation WHERE id = %(organisation_id)s
  UNION ALL
  SELECT above.id, above.parent_id, path.step + 1
  FROM offices_organisation above JOIN path ON above.id = path.parent_id
)
SELECT id FROM path ORDER BY step
