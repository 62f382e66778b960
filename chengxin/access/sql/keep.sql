-- Purpose: the looks of a batch of questions, in the transaction that answers.
INSERT INTO access_look (person_id, look_id, uid, at, actor_kind, official_id, client_id, organisation_id, role, purpose,
                         operation, ground_law, ground_article, case_ref, entries, fields, outcome, consent, emergency, reason,
                         opens_at, request_key, salt, commitment)
SELECT l.person_id, l.look_id, l.uid, %(at)s::timestamptz, %(kind)s::text, %(official)s::uuid, %(client)s::uuid,
       %(organisation)s::uuid, %(role)s::text, %(purpose)s::text, %(operation)s::text, %(law)s::text, %(article)s::text, l.case_ref, l.entries::jsonb, l.fields::jsonb, l.outcome, l.consent, l.emergency, l.reason,
       l.opens_at, l.request_key, l.salt, l.commitment
  FROM unnest(%(persons)b::uuid[], %(ids)b::uuid[], %(uids)b::uuid[], %(cases)b::text[], %(entries)b::text[], %(fields)b::text[],
              %(outcomes)b::text[], %(consents)s::uuid[], %(emergencies)b::boolean[], %(reasons)b::text[], %(opens)s::timestamptz[],
              %(keys)b::bytea[], %(salts)b::bytea[], %(commitments)b::bytea[])
    AS l (person_id, look_id, uid, case_ref, entries, fields, outcome, consent, emergency, reason, opens_at, request_key, salt, commitment)
