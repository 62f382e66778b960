-- Purpose: nothing is let back but on a certificate that the source's own people put in, and that both who decide have opened.
CREATE FUNCTION remedies_certificate_guard() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM remedies_paper p
     WHERE p.person_id = NEW.person_id AND p.case_id = NEW.case_id AND p.kind = 'certificate' AND p.who = 'supplier'
       AND EXISTS (SELECT FROM remedies_opening o
                    WHERE o.person_id = p.person_id AND o.paper_id = p.paper_id AND o.official_id = NEW.actor)
       AND EXISTS (SELECT FROM remedies_opening o
                    WHERE o.person_id = p.person_id AND o.paper_id = p.paper_id AND o.official_id = NEW.proposed_by)
  ) THEN
    RAISE EXCEPTION 'remedies_event lets back what its source has not certified'
      USING ERRCODE = 'restrict_violation', CONSTRAINT = 'remedies_event_certified', TABLE = 'remedies_event';
  END IF;
  RETURN NEW;
END $$;
SET LOCAL citus.enable_unsafe_triggers = on;
CREATE TRIGGER remedies_event_rests_on_a_certificate BEFORE INSERT ON remedies_event
  FOR EACH ROW WHEN (NEW.letter_kind = 'readmitted') EXECUTE FUNCTION remedies_certificate_guard();
