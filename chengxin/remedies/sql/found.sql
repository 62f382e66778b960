-- Purpose: what a case came in about without its number is named once, by an event, and is an entry of its person or a look at them.
CREATE FUNCTION remedies_found_guard() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  UPDATE remedies_case c
     SET about_uid = NEW.found, about_version = NEW.found_version, item = NEW.found_item, supplier = NEW.found_supplier
   WHERE c.person_id = NEW.person_id AND c.case_id = NEW.case_id AND c.about_uid IS NULL
     AND CASE
           WHEN c.about_kind IN ('entry', 'identity', 'period') THEN EXISTS (
             SELECT FROM records_entry e
              WHERE e.person_id = NEW.person_id AND e.uid = NEW.found AND e.version = NEW.found_version)
           WHEN c.about_kind IN ('look', 'use') THEN EXISTS (
             SELECT FROM access_look l WHERE l.person_id = NEW.person_id AND l.uid = NEW.found)
         END;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'remedies_event finds what its case does not look for'
      USING ERRCODE = 'restrict_violation', CONSTRAINT = 'remedies_event_found_once', TABLE = 'remedies_event';
  END IF;
  RETURN NEW;
END $$;
SET LOCAL citus.enable_unsafe_triggers = on;
CREATE TRIGGER remedies_event_names_what_was_meant BEFORE INSERT ON remedies_event
  FOR EACH ROW WHEN (NEW.act = 'find') EXECUTE FUNCTION remedies_found_guard();
GRANT UPDATE (item, supplier, batch_id) ON remedies_docket TO chengxin_web;
