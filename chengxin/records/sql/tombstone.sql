-- Purpose: an entry leaves whole, on the last day of its versions or with its erased person, and never without its commitment (F7).
CREATE FUNCTION records_entry_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM records_tombstone t
                    WHERE t.person_id = OLD.person_id AND t.uid = OLD.uid AND t.version = OLD.version
                      AND t.commitment = OLD.commitment) THEN
        RAISE EXCEPTION 'records_entry_leaves_its_commitment' USING ERRCODE = 'restrict_violation',
            HINT = 'Add the tombstone of this version first.';
    END IF;
    IF EXISTS (SELECT FROM persons_erasure x WHERE x.person_id = OLD.person_id) THEN
        RETURN OLD;
    END IF;
    IF EXISTS (SELECT FROM records_entry v
                WHERE v.person_id = OLD.person_id AND v.entry_id = OLD.entry_id
                  AND v.retain_until > (now() AT TIME ZONE 'Asia/Shanghai')::date) THEN
        RAISE EXCEPTION 'records_entry_kept_until_its_day' USING ERRCODE = 'restrict_violation',
            HINT = 'An entry is deleted once the last of its versions has reached retain_until, not before.';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER records_entry_guard BEFORE DELETE ON records_entry
    FOR EACH ROW EXECUTE FUNCTION records_entry_guard();
DROP TRIGGER records_entry_no_delete ON records_entry;
CREATE TRIGGER records_entry_no_delete BEFORE DELETE ON records_entry
    FOR EACH ROW EXECUTE FUNCTION foundation_refuse_delete_unless_disposer();

-- Marks go with their entry, or with their erased person.
CREATE OR REPLACE FUNCTION records_mark_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM persons_erasure x WHERE x.person_id = OLD.person_id) THEN
        RETURN OLD;
    END IF;
    IF EXISTS (SELECT FROM records_entry v
                WHERE v.person_id = OLD.person_id AND v.entry_id = OLD.entry_id
                  AND v.retain_until > (now() AT TIME ZONE 'Asia/Shanghai')::date) THEN
        RAISE EXCEPTION 'records_mark_stays_with_its_entry' USING ERRCODE = 'restrict_violation',
            HINT = 'A mark is deleted with its entry, or after the erasure of its person is on record.';
    END IF;
    RETURN OLD;
END $$;

GRANT SELECT ON records_tombstone TO chengxin_web;
GRANT SELECT, INSERT ON records_tombstone TO chengxin_disposer;
CREATE POLICY records_tombstone_disposer ON records_tombstone TO chengxin_disposer USING (true) WITH CHECK (true);

GRANT SELECT (person_id, entry_id, version, retain_until, display_until, uid, batch_id, known_from, commitment), DELETE
    ON records_entry TO chengxin_disposer;
GRANT SELECT (person_id, entry_id, kind, mark_id) ON records_mark TO chengxin_disposer;
-- A decision that moved to another person is found through its first place: what stands behind it is put there instead.
GRANT SELECT, INSERT, DELETE ON records_decision_key TO chengxin_disposer;
