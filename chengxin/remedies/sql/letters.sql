-- Purpose: a letter goes with one event alone, and is signed by those who decided it: its proposer and its second, or its one actor.
ALTER TABLE remedies_event ADD CONSTRAINT remedies_event_has_its_own_letter UNIQUE (person_id, letter_id);

CREATE FUNCTION remedies_signed_guard() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  IF EXISTS (SELECT FROM remedies_letter l
              WHERE l.person_id = NEW.person_id AND l.letter_id = NEW.letter_id
                AND l.decider IS NOT DISTINCT FROM CASE WHEN NEW.second THEN NEW.proposed_by ELSE NEW.actor END
                AND l.second IS NOT DISTINCT FROM CASE WHEN NEW.second THEN NEW.actor END) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'remedies_event with a letter that others signed'
    USING ERRCODE = 'restrict_violation', CONSTRAINT = 'remedies_event_signed_by_its_actors', TABLE = 'remedies_event';
END $$;
CREATE TRIGGER remedies_event_signed_by_its_actors AFTER INSERT ON remedies_event
  FOR EACH ROW WHEN (NEW.letter_id IS NOT NULL) EXECUTE FUNCTION remedies_signed_guard();
