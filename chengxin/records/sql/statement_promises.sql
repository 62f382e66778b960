-- Purpose: a person's statement stands beside an entry of theirs, is never changed, and leaves with its entry or with its erased person.
ALTER TABLE records_statement ADD CONSTRAINT records_statement_beside_an_entry
    FOREIGN KEY (person_id, entry_id, version) REFERENCES records_entry (person_id, entry_id, version);
ALTER TABLE records_statement ADD CONSTRAINT records_statement_covers_one
    FOREIGN KEY (person_id, entry_id, covers) REFERENCES records_statement (person_id, entry_id, statement_id);
CREATE FUNCTION records_statement_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM persons_erasure x WHERE x.person_id = OLD.person_id) THEN
        RETURN OLD;
    END IF;
    IF EXISTS (SELECT FROM records_entry v
                WHERE v.person_id = OLD.person_id AND v.entry_id = OLD.entry_id
                  AND v.retain_until > (now() AT TIME ZONE 'Asia/Shanghai')::date) THEN
        RAISE EXCEPTION 'records_statement_stays_with_its_entry' USING ERRCODE = 'restrict_violation',
            HINT = 'A statement is deleted with its entry, or after the erasure of its person is on record.';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER records_statement_guard BEFORE DELETE ON records_statement
    FOR EACH ROW EXECUTE FUNCTION records_statement_guard();
GRANT SELECT, INSERT ON records_statement TO chengxin_web;
GRANT SELECT (person_id, entry_id), DELETE ON records_statement TO chengxin_disposer;
CREATE POLICY records_statement_disposer ON records_statement TO chengxin_disposer USING (true);
