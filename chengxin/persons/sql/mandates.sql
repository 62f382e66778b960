-- Purpose: a mandate's confirmation and end belong to it; a helper's lasts a year at most; all of it goes when its person is erased.
ALTER TABLE persons_mandate ADD CONSTRAINT persons_mandate_of_a_person
    FOREIGN KEY (person_id) REFERENCES persons_person (person_id);
ALTER TABLE persons_mandate_held ADD CONSTRAINT persons_mandate_held_by_a_person
    FOREIGN KEY (person_id) REFERENCES persons_person (person_id);
ALTER TABLE persons_mandate_act ADD CONSTRAINT persons_mandate_act_of_a_mandate
    FOREIGN KEY (person_id, mandate_id) REFERENCES persons_mandate (person_id, mandate_id);
-- whom the confirmation names as the giver is the giver, so that the check of two hands compares the right ones
ALTER TABLE persons_mandate_act ADD CONSTRAINT persons_mandate_act_of_its_giver
    FOREIGN KEY (person_id, mandate_id, given_by, given_side)
    REFERENCES persons_mandate (person_id, mandate_id, given_by, given_side);
ALTER TABLE persons_mandate ADD CONSTRAINT persons_mandate_helper_for_a_year
    CHECK (kind <> 'helper' OR ends_on <= (starts_on + interval '1 year')::date);

GRANT SELECT, INSERT ON persons_mandate, persons_mandate_act, persons_mandate_held TO chengxin_web;
GRANT SELECT, INSERT, UPDATE (closed_at) ON persons_mandate_code TO chengxin_web;

ALTER TABLE persons_mandate_code ENABLE ROW LEVEL SECURITY;
CREATE POLICY persons_mandate_code_own ON persons_mandate_code TO chengxin_web USING (
    person_id = nullif(current_setting('chengxin.person', true), '')::uuid
    OR encode(code_hash, 'hex') = ANY (string_to_array(current_setting('chengxin.keys', true), ','))
);
CREATE POLICY persons_mandate_code_disposer ON persons_mandate_code TO chengxin_disposer USING (true);
GRANT SELECT, DELETE ON persons_mandate_code TO chengxin_disposer;

CREATE TRIGGER persons_mandate_guard BEFORE DELETE ON persons_mandate
    FOR EACH ROW EXECUTE FUNCTION persons_identity_guard();
CREATE TRIGGER persons_mandate_act_guard BEFORE DELETE ON persons_mandate_act
    FOR EACH ROW EXECUTE FUNCTION persons_identity_guard();
CREATE TRIGGER persons_mandate_held_guard BEFORE DELETE ON persons_mandate_held
    FOR EACH ROW EXECUTE FUNCTION persons_identity_guard();
CREATE POLICY persons_mandate_disposer ON persons_mandate TO chengxin_disposer USING (true);
CREATE POLICY persons_mandate_act_disposer ON persons_mandate_act TO chengxin_disposer USING (true);
CREATE POLICY persons_mandate_held_disposer ON persons_mandate_held TO chengxin_disposer USING (true);
GRANT SELECT (person_id), DELETE ON persons_mandate, persons_mandate_act, persons_mandate_held TO chengxin_disposer;
