-- Purpose: which of many keyed numbers are known, whether the keyed name is theirs, and whether the source named them so before.
-- Numbers, kinds and names come as one packed value each, and the answer goes back as one: arrays cost twice as much (scale.md).
-- LATERAL with LIMIT 1: after a bulk load a plain join may follow stale statistics and run for minutes.
SELECT string_agg(int4send(asked.n) || uuid_send(known.person_id)
                  || CASE WHEN named.yes IS NULL THEN '\x00'::bytea WHEN sourced.yes IS NULL THEN '\x01'::bytea
                          ELSE '\x03'::bytea END, NULL)
  FROM generate_series(0, %(last)s::int) AS asked (n)
  JOIN LATERAL (
    SELECT i.person_id FROM persons_identity_key i
     WHERE i.blind_index = substring(%(blinds)b::bytea FROM asked.n * 16 + 1 FOR 16)
       AND i.kind = get_byte(%(kinds)b::bytea, asked.n)
     LIMIT 1
  ) known ON true
  LEFT JOIN LATERAL (
    SELECT true AS yes FROM persons_name p
     WHERE p.person_id = known.person_id AND p.name_key = substring(%(names)b::bytea FROM asked.n * 16 + 1 FOR 16)
     LIMIT 1
  ) named ON true
  LEFT JOIN LATERAL (
    SELECT true AS yes FROM persons_source s
     WHERE s.person_id = known.person_id AND s.source_id = %(source)s::uuid
       AND s.name_key = substring(%(names)b::bytea FROM asked.n * 16 + 1 FOR 16)
     LIMIT 1
  ) sourced ON true
