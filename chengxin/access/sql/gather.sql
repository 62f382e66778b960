-- Purpose: of each person asked about: how often this asker was answered for this purpose, how often this very request was within a day, and what the person last said to it. The same request again, a few times, counts once.
SELECT asked.person_id, seen.times, seen.same, seen.own, said.uid, said.consent_id, said.act, said.at, said.scope, said.ends_at, said.over
  FROM unnest(%(persons)b::uuid[], %(keys)b::bytea[]) AS asked (person_id, request_key)
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(k.counted), 0)::int AS times,
           coalesce(sum(k.lately) FILTER (WHERE k.request_key <> '' AND k.request_key = asked.request_key), 0)::int AS same,
           coalesce(sum(k.counted) FILTER (WHERE k.request_key <> '' AND k.request_key = asked.request_key), 0)::int AS own
      FROM (
        SELECT l.request_key, count(*) FILTER (WHERE l.at > %(lately)s) AS lately,
               CASE WHEN l.request_key = '' THEN count(*) ELSE greatest(1, count(*) - %(again_most)s::int) END AS counted
          FROM access_look l
         WHERE l.person_id = asked.person_id AND l.organisation_id = %(organisation)s AND l.purpose = %(purpose)s
           AND l.outcome = 'shown' AND l.at > least(%(since)s::timestamptz, %(lately)s::timestamptz)
         GROUP BY l.request_key
      ) k
  ) seen
  LEFT JOIN LATERAL (
    SELECT c.uid, c.consent_id, answer.act, answer.at, answer.scope, answer.ends_at, last.act AS over
      FROM access_consent c
      JOIN access_consent_step answer
        ON answer.person_id = c.person_id AND answer.consent_id = c.consent_id AND answer.act IN (1, 2)
      LEFT JOIN access_consent_step last
        ON last.person_id = c.person_id AND last.consent_id = c.consent_id AND last.act IN (3, 4)
     WHERE c.person_id = asked.person_id AND c.organisation_id = %(organisation)s AND c.purpose = %(purpose)s
     ORDER BY answer.at DESC, c.consent_id DESC
     LIMIT 1
  ) said ON true
