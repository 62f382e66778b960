-- Purpose: which of many keyed decisions are known, with the newest version of each entry, its marks as bits, its recalled contents.
-- The decisions come as one packed value. LATERAL with LIMIT 1: after a bulk load a plain join may follow stale statistics.
SELECT asked.n, uuid_send(known.person_id), uuid_send(known.entry_id), uuid_send(newest.uid), newest.version,
       newest.commitment, uuid_send(newest.supplier), newest.batch_id, coalesce(marked.kinds, 0), recalled.commitments,
       removed.commitments
  FROM generate_series(0, %(last)s::int) AS asked (n)
  JOIN LATERAL (
    SELECT d.person_id, d.entry_id FROM records_decision_key d
     WHERE d.decision_index = substring(%(decisions)b::bytea FROM asked.n * 16 + 1 FOR 16)
     LIMIT 1
  ) known ON true
  JOIN LATERAL (
    SELECT e.uid, e.version, e.commitment, e.supplier, e.batch_id FROM records_entry e
     WHERE e.person_id = known.person_id AND e.entry_id = known.entry_id
     ORDER BY e.version DESC LIMIT 1
  ) newest ON true
  LEFT JOIN LATERAL (
    -- a readmission (13) counts until the next removal (1, 6, 7, 17), as in visible.sql; an entry that is out by an office's
    -- silence alone is not asked for here: it stays out whatever version comes
    SELECT bit_or(1 << m.kind) & ~CASE WHEN max(m.mark_id::text) FILTER (WHERE m.kind IN (1, 6, 7, 17))
                                          > max(m.mark_id::text) FILTER (WHERE m.kind = 13) THEN 1 << 13 ELSE 0 END AS kinds
      FROM records_mark m
     WHERE m.person_id = known.person_id AND m.entry_id = known.entry_id
  ) marked ON true
  LEFT JOIN LATERAL (
    SELECT array_agg(v.commitment) AS commitments FROM records_entry v
     WHERE v.person_id = known.person_id AND v.entry_id = known.entry_id
       AND v.batch_id IN (SELECT r.batch_id FROM records_recall r)
  ) recalled ON (SELECT true FROM records_recall LIMIT 1)
  LEFT JOIN LATERAL (
    -- what was removed as it stood, and not let back so since: also where the entry is back with another version
    SELECT array_agg(v.commitment) AS commitments FROM records_entry v
     WHERE v.person_id = known.person_id AND v.entry_id = known.entry_id
       AND EXISTS (SELECT FROM records_mark m
                    WHERE m.person_id = v.person_id AND m.entry_id = v.entry_id AND m.version = v.version
                      AND m.kind IN (1, 6, 7, 17)
                      AND NOT EXISTS (SELECT FROM records_mark b
                                       WHERE b.person_id = m.person_id AND b.entry_id = m.entry_id AND b.version = m.version
                                         AND b.kind = 13 AND b.mark_id > m.mark_id))
  ) removed ON (marked.kinds & ((1 << 1) | (1 << 6) | (1 << 7) | (1 << 17))) <> 0
