-- An organisation and all that stand below it in the tree.
WITH RECURSIVE below (id) AS (
  SELECT id FROM offices_organisation WHERE id = %(organisation_id)s
  UNION ALL
  SELECT lower.id FROM offices_organisation lower JOIN below ON lower.parent_id = below.id
)
SELECT id FROM below
