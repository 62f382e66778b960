-- Purpose: what the operators' side keeps of the looks of a batch of questions, for ninety days, in the transaction that answers.
INSERT INTO access_operator_look (id, at, organisation_id, official_id, client_id, purpose, case_ref, outcome, person_id, look_uid, opens_at)
SELECT l.id, %(at)s::timestamptz, %(organisation)s::uuid, %(official)s::uuid, %(client)s::uuid, %(purpose)s::text, l.case_ref,
       l.outcome, l.person_id, l.uid, l.opens_at
  FROM unnest(%(ids)b::uuid[], %(persons)b::uuid[], %(uids)b::uuid[], %(cases)b::text[], %(outcomes)b::text[], %(opens)s::timestamptz[])
    AS l (id, person_id, uid, case_ref, outcome, opens_at)
