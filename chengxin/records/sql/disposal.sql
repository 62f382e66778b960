-- Purpose: content leaves only from retain_until on, or after the erasure of its person is on record (F7).
CREATE FUNCTION records_content_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM records_entry e
                WHERE e.person_id = OLD.person_id AND e.entry_id = OLD.entry_id AND e.version = OLD.version
                  AND e.retain_until <= (now() AT TIME ZONE 'Asia/Shanghai')::date)
       OR EXISTS (SELECT FROM persons_erasure x WHERE x.person_id = OLD.person_id) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'records_content_kept_until_its_day' USING ERRCODE = 'restrict_violation',
        HINT = 'Content is deleted from retain_until on, not before.';
END $$;
CREATE TRIGGER records_content_guard BEFORE DELETE ON records_content
    FOR EACH ROW EXECUTE FUNCTION records_content_guard();
-- Marks that removed an entry go when its person is erased, and only then (F7).
CREATE FUNCTION records_mark_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM persons_erasure x WHERE x.person_id = OLD.person_id) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'records_mark_stays_until_erased' USING ERRCODE = 'restrict_violation',
        HINT = 'Record the erasure of this person first.';
END $$;
CREATE TRIGGER records_mark_guard BEFORE DELETE ON records_mark
    FOR EACH ROW EXECUTE FUNCTION records_mark_guard();
