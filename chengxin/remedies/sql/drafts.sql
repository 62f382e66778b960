-- Purpose: a draft is its person's alone: they change it and throw it away, in the transaction of that person.
CREATE POLICY remedies_draft_person_changes ON remedies_draft FOR UPDATE TO chengxin_web
    USING (person_id = nullif(current_setting('chengxin.person', true), '')::uuid)
    WITH CHECK (person_id = nullif(current_setting('chengxin.person', true), '')::uuid);
CREATE POLICY remedies_draft_person_drops ON remedies_draft FOR DELETE TO chengxin_web
    USING (person_id = nullif(current_setting('chengxin.person', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE (sealed, at), DELETE ON remedies_draft TO chengxin_web;
CREATE POLICY remedies_draft_disposer ON remedies_draft TO chengxin_disposer USING (true);
GRANT SELECT (person_id, at), DELETE ON remedies_draft TO chengxin_disposer;
