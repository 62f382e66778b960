-- Purpose: row-level security of the ledger beyond the person's own rows: look-up keys, and role disposer (F8).
-- A caller who can compute the keyed number of a decision knows the number; nobody can list what they do not know.
ALTER TABLE records_decision_key ENABLE ROW LEVEL SECURITY;
CREATE POLICY records_decision_key_read ON records_decision_key FOR SELECT TO chengxin_web USING (
    person_id = nullif(current_setting('chengxin.person', true), '')::uuid
    OR encode(decision_index, 'hex') = ANY (string_to_array(current_setting('chengxin.keys', true), ','))
);
CREATE POLICY records_entry_disposer ON records_entry TO chengxin_disposer USING (true);
CREATE POLICY records_content_disposer ON records_content TO chengxin_disposer USING (true);
CREATE POLICY records_mark_disposer ON records_mark TO chengxin_disposer USING (true) WITH CHECK (true);
CREATE POLICY records_decision_key_disposer ON records_decision_key TO chengxin_disposer USING (true);
