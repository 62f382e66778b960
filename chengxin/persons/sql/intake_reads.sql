-- Purpose: role intake, which row-level security does not hold, reads of identities keyed hashes and ids alone (F8).
REVOKE SELECT ON persons_identity_key FROM chengxin_intake;
GRANT SELECT (blind_index, kind, person_id) ON persons_identity_key TO chengxin_intake;
REVOKE SELECT (kind) ON persons_source FROM chengxin_intake;
