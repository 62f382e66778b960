-- Purpose: rows keyed under an older index key are added anew under the current one, and only then leave (F3).
CREATE OR REPLACE FUNCTION persons_identity_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE keyed_anew boolean := false;
BEGIN
    IF EXISTS (SELECT FROM persons_erasure x WHERE x.person_id = OLD.person_id) THEN
        RETURN OLD;
    END IF;
    IF TG_TABLE_NAME = 'persons_name' THEN
        SELECT EXISTS (SELECT FROM persons_name n WHERE n.person_id = OLD.person_id AND n.name_key <> OLD.name_key)
          INTO keyed_anew;
    ELSIF TG_TABLE_NAME = 'persons_source' THEN
        SELECT EXISTS (SELECT FROM persons_source s
                        WHERE s.person_id = OLD.person_id AND s.source_id = OLD.source_id AND s.kind = OLD.kind
                          AND s.name_key <> OLD.name_key)
          INTO keyed_anew;
    END IF;
    IF keyed_anew THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'persons_identity_stays_until_erased' USING ERRCODE = 'restrict_violation',
        HINT = 'Record the erasure of this person first, or add the row under the current index key.';
END $$;

GRANT INSERT ON persons_identity_key, persons_name, persons_source TO chengxin_disposer;
