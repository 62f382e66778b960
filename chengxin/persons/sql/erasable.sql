-- Purpose: rows that identify a person leave only once the erasure of that person is on record (F7).
CREATE FUNCTION persons_identity_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM persons_erasure x WHERE x.person_id = OLD.person_id) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'persons_identity_stays_until_erased' USING ERRCODE = 'restrict_violation',
        HINT = 'Record the erasure of this person first.';
END $$;
CREATE TRIGGER persons_document_guard BEFORE DELETE ON persons_document
    FOR EACH ROW EXECUTE FUNCTION persons_identity_guard();
CREATE TRIGGER persons_name_guard BEFORE DELETE ON persons_name
    FOR EACH ROW EXECUTE FUNCTION persons_identity_guard();
CREATE TRIGGER persons_source_guard BEFORE DELETE ON persons_source
    FOR EACH ROW EXECUTE FUNCTION persons_identity_guard();
CREATE TRIGGER persons_contact_guard BEFORE DELETE ON persons_contact
    FOR EACH ROW EXECUTE FUNCTION persons_identity_guard();
-- persons_identity_key is spread by its own key and cannot see the erasure of its person: there the role alone decides.
