-- Purpose: days counted again under another law move on an entry within what was told, at any moment; else as before.
CREATE OR REPLACE FUNCTION remedies_lift_guard() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  -- records.terms.MarkKind -> the effect of a step that brings it
  brought_by CONSTANT jsonb := '{"3": "unmark", "5": "unfreeze", "12": "unmark_appealed", "13": "readmit"}';
  about uuid;
  told date;
  given date;
BEGIN
  IF NEW.kind = 16 THEN
    -- a clock may always run out sooner. It stands still, or runs longer, with a step of its case; still where no silence counts
    SELECT m.lapses_on INTO told FROM records_mark m
     WHERE m.person_id = NEW.person_id AND m.entry_id = NEW.entry_id AND m.kind = 16 AND m.clock = NEW.clock
       AND m.mark_id <> NEW.mark_id
     ORDER BY m.at DESC, m.mark_id DESC LIMIT 1;
    -- counted again under another law it is never later than the day that the newest act gave it
    SELECT m.lapses_on INTO given FROM records_mark m
      JOIN remedies_event e ON e.person_id = m.person_id AND e.case_id = NEW.clock AND e.at = m.at
     WHERE m.person_id = NEW.person_id AND m.entry_id = NEW.entry_id AND m.kind = 16 AND m.clock = NEW.clock
       AND m.mark_id <> NEW.mark_id
     ORDER BY m.at DESC, m.mark_id DESC LIMIT 1;
    IF told IS NULL OR NEW.lapses_on <= told OR NEW.lapses_on <= given OR NOT EXISTS (
         SELECT FROM remedies_case c WHERE c.person_id = NEW.person_id AND c.case_id = NEW.clock)
       OR EXISTS (
         SELECT FROM remedies_case c
           JOIN remedies_event e ON e.person_id = c.person_id AND e.case_id = c.case_id AND e.at = NEW.at
          WHERE c.person_id = NEW.person_id AND c.case_id = NEW.clock
            AND (NEW.lapses_on IS NOT NULL OR NOT EXISTS (
                 SELECT FROM remedies_step s WHERE s.workflow = c.workflow AND s.source = c.state
                    AND s.act = 'lapse' AND 'hide' = ANY (s.effects)))) THEN
      RETURN NEW;
    END IF;
  ELSE
    SELECT e.uid INTO about FROM records_entry e
     WHERE e.person_id = NEW.person_id AND e.entry_id = NEW.entry_id AND e.version = NEW.version;
    IF EXISTS (
         SELECT FROM remedies_case c
           JOIN remedies_event e ON e.person_id = c.person_id AND e.case_id = c.case_id AND e.at = NEW.at
           JOIN remedies_step s ON s.workflow = e.workflow AND s.source = e.source AND s.act = e.act
          WHERE c.person_id = NEW.person_id AND c.about_uid = about
            AND (brought_by ->> NEW.kind::text) = ANY (s.effects))
       AND NOT EXISTS (
         SELECT FROM records_mark m WHERE m.person_id = NEW.person_id AND m.entry_id = NEW.entry_id
            AND m.kind = NEW.kind AND m.at = NEW.at AND m.mark_id <> NEW.mark_id) THEN
      RETURN NEW;
    END IF;
    -- an appeal ends from a day to come on: not before the term that the newest step told its person has run out
    IF NEW.kind = 12 AND EXISTS (
         SELECT FROM remedies_case c
           JOIN remedies_event e ON e.person_id = c.person_id AND e.case_id = c.case_id AND e.target = c.state
               AND NOT EXISTS (SELECT FROM remedies_event l
                                WHERE l.person_id = e.person_id AND l.case_id = e.case_id AND l.seq > e.seq)
           JOIN remedies_step s ON s.workflow = c.workflow AND s.source = c.state AND s.act = 'lapse'
          WHERE c.person_id = NEW.person_id AND c.about_uid = about AND 'unmark_appealed' = ANY (s.effects)
            AND NEW.lapses_on > ALL (SELECT (t.value ->> 0)::date FROM jsonb_each(e.told) t) AND e.told <> '{}') THEN
      RETURN NEW;
    END IF;
    -- what no case has ever kept from use is no case's to give back; what was removed always is
    IF NEW.kind <> 13 AND NOT EXISTS (
         SELECT FROM remedies_case c WHERE c.person_id = NEW.person_id AND c.about_uid = about) THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'records_mark % lifts what no step of a case gives back', NEW.kind
    USING ERRCODE = 'restrict_violation', CONSTRAINT = 'remedies_lifted_by_a_step', TABLE = 'records_mark';
END $$;

GRANT UPDATE (law) ON remedies_docket TO chengxin_web;
