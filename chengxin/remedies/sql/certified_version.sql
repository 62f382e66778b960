-- Purpose: what comes back is what was certified and proposed: no version that its source supplied since.
CREATE FUNCTION remedies_certified_version_guard() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  newest timestamptz;
BEGIN
  SELECT max(e.known_from) INTO newest FROM remedies_case c
    JOIN records_entry e ON e.person_id = c.person_id AND e.uid = c.about_uid
   WHERE c.person_id = NEW.person_id AND c.case_id = NEW.case_id;
  IF EXISTS (
       SELECT FROM remedies_event p
        WHERE p.person_id = NEW.person_id AND p.case_id = NEW.case_id AND p.seq = NEW.proposal AND p.at >= newest)
     AND EXISTS (
       SELECT FROM remedies_paper p
        WHERE p.person_id = NEW.person_id AND p.case_id = NEW.case_id AND p.kind = 'certificate' AND p.who = 'supplier'
          AND p.at >= newest
          AND EXISTS (SELECT FROM remedies_opening o
                       WHERE o.person_id = p.person_id AND o.paper_id = p.paper_id AND o.official_id = NEW.actor)
          AND EXISTS (SELECT FROM remedies_opening o
                       WHERE o.person_id = p.person_id AND o.paper_id = p.paper_id AND o.official_id = NEW.proposed_by)) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'remedies_event lets back a version that nobody certified and proposed'
    USING ERRCODE = 'restrict_violation', CONSTRAINT = 'remedies_event_certified_version', TABLE = 'remedies_event';
END $$;
SET LOCAL citus.enable_unsafe_triggers = on;
CREATE TRIGGER remedies_event_rests_on_a_certified_version BEFORE INSERT ON remedies_event
  FOR EACH ROW WHEN (NEW.letter_kind = 'readmitted') EXECUTE FUNCTION remedies_certified_version_guard();
