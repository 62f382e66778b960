-- Purpose: what the operators' side keeps of the looks of a batch of questions, for ninety days, in the transaction that answers.
INSERT INTO access_operator_look (id, at, organisation_id, official_id, client_id, purpose, case_ref, outcome, person_id, look_uid, opens_at)
SELECT l.look_id, %(at)s::timestamptz, %(organisation)s::uuid, %(official)s::uuid, %(client)s::uuid, %(purpose)s::text, l.case_ref,
       l.outcome, l.person_id, l.uid, l.opens_at
  FROM jsonb_to_recordset(%(looks)s::jsonb)
    AS l (person_id uuid, look_id uuid, uid uuid, case_ref text, outcome text, opens_at timestamptz)
