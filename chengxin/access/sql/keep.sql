-- Purpose: the looks of a batch of questions, in the transaction that answers.
INSERT INTO access_look (person_id, look_id, uid, at, actor_kind, official_id, client_id, organisation_id, role, purpose,
                         operation, ground_law, ground_article, case_ref, entries, fields, outcome, consent, emergency, reason,
                         opens_at, request_key, salt, commitment)
SELECT l.person_id, l.look_id, l.uid, %(at)s::timestamptz, %(kind)s::text, %(official)s::uuid, %(client)s::uuid,
       %(organisation)s::uuid, %(role)s::text, %(purpose)s::text, %(operation)s::text, %(law)s::text, %(article)s::text, l.case_ref,
       l.entries, l.fields, l.outcome, l.consent, l.emergency, l.reason, l.opens_at, decode(l.request_key, 'hex'),
       decode(l.salt, 'hex'), decode(l.commitment, 'hex')
  FROM jsonb_to_recordset(%(looks)s::jsonb)
    AS l (person_id uuid, look_id uuid, uid uuid, case_ref text, entries jsonb, fields jsonb, outcome text, consent uuid,
          emergency boolean, reason text, opens_at timestamptz, request_key text, salt text, commitment text)
