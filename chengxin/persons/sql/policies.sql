-- Purpose: row-level security of the room persons: role web sees the person it set, or the identity whose keyed number it can compute.
-- A caller who can compute a blind index knows the number; nobody can list what they do not know.
ALTER TABLE persons_identity_key ENABLE ROW LEVEL SECURITY;
CREATE POLICY persons_identity_key_read ON persons_identity_key FOR SELECT TO chengxin_web USING (
    person_id = nullif(current_setting('chengxin.person', true), '')::uuid
    OR encode(blind_index, 'hex') = ANY (string_to_array(current_setting('chengxin.keys', true), ','))
);
CREATE POLICY persons_identity_key_add ON persons_identity_key FOR INSERT TO chengxin_web
    WITH CHECK (person_id = nullif(current_setting('chengxin.person', true), '')::uuid);

CREATE POLICY persons_person_disposer ON persons_person TO chengxin_disposer USING (true);
CREATE POLICY persons_document_disposer ON persons_document TO chengxin_disposer USING (true);
CREATE POLICY persons_name_disposer ON persons_name TO chengxin_disposer USING (true);
CREATE POLICY persons_source_disposer ON persons_source TO chengxin_disposer USING (true);
CREATE POLICY persons_contact_disposer ON persons_contact TO chengxin_disposer USING (true);
CREATE POLICY persons_identity_key_disposer ON persons_identity_key TO chengxin_disposer USING (true);
CREATE POLICY persons_erasure_disposer ON persons_erasure TO chengxin_disposer USING (true) WITH CHECK (true);
