-- Purpose: the looks of a batch of questions, what the operators' side keeps of them for ninety days, and their leaves for the proof log, in the transaction that answers.
INSERT INTO access_look (person_id, look_id, uid, at, actor_kind, official_id, client_id, organisation_id, role, purpose,
                         operation, ground_law, ground_article, case_ref, entries, fields, outcome, consent, emergency, reason,
                         opens_at, request_key, salt, commitment)
SELECT l.person_id, l.look_id, l.uid, %(at)s, %(kind)s, %(official)s, %(client)s, %(organisation)s, %(role)s, %(purpose)s,
       %(operation)s, %(law)s, %(article)s, l.case_ref, l.entries::jsonb, l.fields::jsonb, l.outcome, l.consent, l.emergency, l.reason,
       l.opens_at, l.request_key, l.salt, l.commitment
  FROM unnest(%(persons)s::uuid[], %(ids)s::uuid[], %(uids)s::uuid[], %(cases)s::text[], %(entries)s::text[], %(fields)s::text[],
              %(outcomes)s::text[], %(consents)s::uuid[], %(emergencies)s::boolean[], %(reasons)s::text[], %(opens)s::timestamptz[],
              %(keys)s::bytea[], %(salts)s::bytea[], %(commitments)s::bytea[])
    AS l (person_id, look_id, uid, case_ref, entries, fields, outcome, consent, emergency, reason, opens_at, request_key, salt, commitment);
INSERT INTO access_operator_look (id, at, organisation_id, official_id, client_id, purpose, case_ref, outcome, person_id, look_uid, opens_at)
SELECT l.id, %(at)s, %(organisation)s, %(official)s, %(client)s, %(purpose)s, l.case_ref, l.outcome, l.person_id, l.uid, l.opens_at
  FROM unnest(%(ids)s::uuid[], %(persons)s::uuid[], %(uids)s::uuid[], %(cases)s::text[], %(outcomes)s::text[], %(opens)s::timestamptz[])
    AS l (id, person_id, uid, case_ref, outcome, opens_at);
INSERT INTO access_log_waiting (commitment) SELECT unnest(%(commitments)s::bytea[])
