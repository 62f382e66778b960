-- Purpose: of each person asked about: answered looks of this asker for this purpose, whether this very request was answered before, and what the person last said to it.
SELECT asked.person_id, seen.times, seen.again, said.uid, said.consent_id, said.act, said.at, said.scope, said.ends_at, said.over
  FROM unnest(%(persons)b::uuid[], %(keys)b::bytea[]) AS asked (person_id, request_key)
  CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE l.at > %(since)s AND NOT (l.request_key <> '' AND l.request_key = asked.request_key)) AS times,
           coalesce(bool_or(l.at > %(lately)s AND l.request_key <> '' AND l.request_key = asked.request_key), false) AS again
      FROM access_look l
     WHERE l.person_id = asked.person_id AND l.organisation_id = %(organisation)s AND l.purpose = %(purpose)s
       AND l.outcome = 'shown'
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
