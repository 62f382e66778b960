-- Purpose: the newest writing or covering of the statements beside these entries as known at one moment, with the writing that it covers.
SELECT s.person_id, s.entry_id, s.statement_id, coalesce(w.at, s.at) AS written_at, s.sealed,
       CASE WHEN w.at IS NOT NULL THEN s.at END AS covered_at, w.statement_id AS written_id, w.sealed AS written
  FROM (
      SELECT DISTINCT ON (n.person_id, n.entry_id) n.*
        FROM records_statement n
       WHERE n.person_id = ANY (%(persons)b::uuid[]) AND n.entry_id = ANY (%(entries)b::uuid[]) AND n.at <= %(known_at)s
       ORDER BY n.person_id, n.entry_id, n.statement_id DESC
  ) s
  LEFT JOIN records_statement w
    ON w.person_id = s.person_id AND w.entry_id = s.entry_id AND w.statement_id = s.covers
