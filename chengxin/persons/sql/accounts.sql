-- Purpose: role web sees the account link of the account or person it set, and a counter's code whose hash it knows; nobody lists them (F8).
ALTER TABLE persons_account_link ENABLE ROW LEVEL SECURITY;
CREATE POLICY persons_account_link_own ON persons_account_link TO chengxin_web USING (
    person_id = nullif(current_setting('chengxin.person', true), '')::uuid
    OR account_id = nullif(current_setting('chengxin.account', true), '')::uuid
);
CREATE POLICY persons_account_link_disposer ON persons_account_link TO chengxin_disposer USING (true);

ALTER TABLE persons_binding_code ENABLE ROW LEVEL SECURITY;
CREATE POLICY persons_binding_code_own ON persons_binding_code TO chengxin_web USING (
    person_id = nullif(current_setting('chengxin.person', true), '')::uuid
    OR encode(code_hash, 'hex') = ANY (string_to_array(current_setting('chengxin.keys', true), ','))
);
CREATE POLICY persons_binding_code_disposer ON persons_binding_code TO chengxin_disposer USING (true);
