-- Purpose: a case moves with an event alone, from the state it is in, along a step of its workflow; and the keys that hold it.
ALTER TABLE remedies_event ADD CONSTRAINT remedies_event_of_a_case
    FOREIGN KEY (person_id, case_id, workflow) REFERENCES remedies_case (person_id, case_id, workflow);
ALTER TABLE remedies_event ADD CONSTRAINT remedies_event_is_a_step
    FOREIGN KEY (workflow, source, act, target, letter_kind, second)
    REFERENCES remedies_step (workflow, source, act, target, letter_kind, second);
ALTER TABLE remedies_letter ADD CONSTRAINT remedies_letter_of_a_case
    FOREIGN KEY (person_id, case_id) REFERENCES remedies_case (person_id, case_id);
ALTER TABLE remedies_event ADD CONSTRAINT remedies_event_with_its_letter
    FOREIGN KEY (person_id, case_id, letter_id, letter_kind) REFERENCES remedies_letter (person_id, case_id, letter_id, kind);
ALTER TABLE remedies_event ADD CONSTRAINT remedies_event_of_a_proposal
    FOREIGN KEY (person_id, case_id, proposal, proposed_by, proposed_act)
    REFERENCES remedies_event (person_id, case_id, seq, actor, act);
ALTER TABLE remedies_paper ADD CONSTRAINT remedies_paper_of_a_case
    FOREIGN KEY (person_id, case_id) REFERENCES remedies_case (person_id, case_id);
ALTER TABLE remedies_paper ADD CONSTRAINT remedies_paper_has_its_content
    FOREIGN KEY (person_id, digest) REFERENCES remedies_paper_content (person_id, digest);
ALTER TABLE remedies_opening ADD CONSTRAINT remedies_opening_of_a_paper
    FOREIGN KEY (person_id, paper_id) REFERENCES remedies_paper (person_id, paper_id);

CREATE FUNCTION remedies_case_guard() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  found record;
  ends text;
BEGIN
  SELECT c.state, c.closed_at, (SELECT max(e.seq) FROM remedies_event e
                                 WHERE e.person_id = NEW.person_id AND e.case_id = NEW.case_id
                                   AND e.act = 'propose_against') AS proposal
    INTO found FROM remedies_case c
   WHERE c.person_id = NEW.person_id AND c.case_id = NEW.case_id FOR UPDATE;
  IF found IS NULL OR found.closed_at IS NOT NULL OR found.state <> NEW.source THEN
    RAISE EXCEPTION 'remedies_case is not in state %', NEW.source
      USING ERRCODE = 'restrict_violation', CONSTRAINT = 'remedies_case_moved', TABLE = 'remedies_case';
  END IF;
  -- an agreement is with what was proposed last: what was proposed before something new came in is not agreed to
  IF NEW.second AND NEW.proposal IS DISTINCT FROM found.proposal THEN
    RAISE EXCEPTION 'remedies_event agrees with what was proposed before'
      USING ERRCODE = 'restrict_violation', CONSTRAINT = 'remedies_event_newest_proposal', TABLE = 'remedies_event';
  END IF;
  SELECT s.outcome INTO ends FROM remedies_step s
   WHERE s.workflow = NEW.workflow AND s.source = NEW.source AND s.act = NEW.act;
  UPDATE remedies_case
     SET state = NEW.target, outcome = coalesce(ends, ''), closed_at = CASE WHEN ends <> '' THEN NEW.at END
   WHERE person_id = NEW.person_id AND case_id = NEW.case_id;
  RETURN NEW;
END $$;
CREATE TRIGGER remedies_event_moves_its_case BEFORE INSERT ON remedies_event
  FOR EACH ROW EXECUTE FUNCTION remedies_case_guard();

-- A case begins where its workflow begins: open, and before its first act.
CREATE FUNCTION remedies_case_begins_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state <> 'new' OR NEW.closed_at IS NOT NULL OR NEW.outcome <> '' THEN
    RAISE EXCEPTION 'remedies_case begins open'
      USING ERRCODE = 'restrict_violation', CONSTRAINT = 'remedies_case_begins_open', TABLE = 'remedies_case';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER remedies_case_begins_open BEFORE INSERT ON remedies_case
  FOR EACH ROW EXECUTE FUNCTION remedies_case_begins_guard();

GRANT SELECT ON remedies_step TO chengxin_web;
GRANT SELECT, INSERT ON remedies_case, remedies_event, remedies_letter, remedies_paper, remedies_paper_content,
    remedies_opening TO chengxin_web;
GRANT SELECT, INSERT, UPDATE (state, turn, turn_of, matter, due_on, provisional, assigned_to, outcome, closed_at) ON remedies_docket TO chengxin_web;
GRANT SELECT, INSERT, DELETE ON remedies_case_person TO chengxin_web;
GRANT SELECT, INSERT, UPDATE (acknowledged_at, acknowledged_by) ON remedies_recipient TO chengxin_web;

-- All of a case goes when its person is erased, and only then; role disposer takes it.
CREATE FUNCTION remedies_kept_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM persons_erasure x WHERE x.person_id = OLD.person_id) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION '%_stays_until_erased', TG_TABLE_NAME USING ERRCODE = 'restrict_violation',
    HINT = 'Record the erasure of this person first.';
END $$;
CREATE TRIGGER remedies_case_kept BEFORE DELETE ON remedies_case FOR EACH ROW EXECUTE FUNCTION remedies_kept_guard();
CREATE POLICY remedies_case_disposer ON remedies_case TO chengxin_disposer USING (true);
GRANT SELECT (person_id), DELETE ON remedies_case TO chengxin_disposer;
CREATE TRIGGER remedies_event_kept BEFORE DELETE ON remedies_event FOR EACH ROW EXECUTE FUNCTION remedies_kept_guard();
CREATE POLICY remedies_event_disposer ON remedies_event TO chengxin_disposer USING (true);
GRANT SELECT (person_id), DELETE ON remedies_event TO chengxin_disposer;
CREATE TRIGGER remedies_letter_kept BEFORE DELETE ON remedies_letter FOR EACH ROW EXECUTE FUNCTION remedies_kept_guard();
CREATE POLICY remedies_letter_disposer ON remedies_letter TO chengxin_disposer USING (true);
GRANT SELECT (person_id), DELETE ON remedies_letter TO chengxin_disposer;
CREATE TRIGGER remedies_paper_kept BEFORE DELETE ON remedies_paper FOR EACH ROW EXECUTE FUNCTION remedies_kept_guard();
CREATE POLICY remedies_paper_disposer ON remedies_paper TO chengxin_disposer USING (true);
GRANT SELECT (person_id), DELETE ON remedies_paper TO chengxin_disposer;
CREATE TRIGGER remedies_paper_content_kept BEFORE DELETE ON remedies_paper_content FOR EACH ROW EXECUTE FUNCTION remedies_kept_guard();
CREATE POLICY remedies_paper_content_disposer ON remedies_paper_content TO chengxin_disposer USING (true);
GRANT SELECT (person_id), DELETE ON remedies_paper_content TO chengxin_disposer;
CREATE TRIGGER remedies_opening_kept BEFORE DELETE ON remedies_opening FOR EACH ROW EXECUTE FUNCTION remedies_kept_guard();
CREATE POLICY remedies_opening_disposer ON remedies_opening TO chengxin_disposer USING (true);
GRANT SELECT (person_id), DELETE ON remedies_opening TO chengxin_disposer;
CREATE POLICY remedies_case_person_disposer ON remedies_case_person TO chengxin_disposer USING (true);
GRANT SELECT (person_id), DELETE ON remedies_case_person TO chengxin_disposer;
