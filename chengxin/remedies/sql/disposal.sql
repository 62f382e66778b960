-- Purpose: all of a case goes five years after it was closed, or when its person is erased, and not before; role disposer takes it.
DROP TRIGGER remedies_case_kept ON remedies_case;
DROP TRIGGER remedies_event_kept ON remedies_event;
DROP TRIGGER remedies_letter_kept ON remedies_letter;
DROP TRIGGER remedies_paper_kept ON remedies_paper;
DROP TRIGGER remedies_paper_content_kept ON remedies_paper_content;
DROP TRIGGER remedies_opening_kept ON remedies_opening;
DROP FUNCTION remedies_kept_guard();

CREATE FUNCTION remedies_over_guard(person uuid, one uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM persons_erasure x WHERE x.person_id = person)
      OR EXISTS (SELECT FROM remedies_case c
                  WHERE c.person_id = person AND c.case_id = one AND c.closed_at < now() - interval '5 years')
$$;
CREATE FUNCTION remedies_kept_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF remedies_over_guard(OLD.person_id, OLD.case_id) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION '%_stays_until_its_day', TG_TABLE_NAME USING ERRCODE = 'restrict_violation',
    HINT = 'A case goes five years after it was closed, or once the erasure of its person is on record.';
END $$;
-- Openings of a paper go with it; a content goes with the last paper that holds it.
CREATE FUNCTION remedies_opening_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM remedies_paper p WHERE p.person_id = OLD.person_id AND p.paper_id = OLD.paper_id
                AND NOT remedies_over_guard(p.person_id, p.case_id)) THEN
    RAISE EXCEPTION 'remedies_opening_stays_until_its_day' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN OLD;
END $$;
CREATE FUNCTION remedies_content_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM remedies_paper p WHERE p.person_id = OLD.person_id AND p.digest = OLD.digest) THEN
    RAISE EXCEPTION 'remedies_paper_content_stays_with_its_paper' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN OLD;
END $$;
SET LOCAL citus.enable_unsafe_triggers = on;
CREATE TRIGGER remedies_case_kept BEFORE DELETE ON remedies_case FOR EACH ROW EXECUTE FUNCTION remedies_kept_guard();
CREATE TRIGGER remedies_event_kept BEFORE DELETE ON remedies_event FOR EACH ROW EXECUTE FUNCTION remedies_kept_guard();
CREATE TRIGGER remedies_letter_kept BEFORE DELETE ON remedies_letter FOR EACH ROW EXECUTE FUNCTION remedies_kept_guard();
CREATE TRIGGER remedies_paper_kept BEFORE DELETE ON remedies_paper FOR EACH ROW EXECUTE FUNCTION remedies_kept_guard();
CREATE TRIGGER remedies_opening_kept BEFORE DELETE ON remedies_opening
  FOR EACH ROW EXECUTE FUNCTION remedies_opening_guard();
CREATE TRIGGER remedies_paper_content_kept BEFORE DELETE ON remedies_paper_content
  FOR EACH ROW EXECUTE FUNCTION remedies_content_guard();

-- Which cases there are and when they were closed, and nothing of what they say.
GRANT SELECT (case_id, uid, closed_at) ON remedies_case TO chengxin_disposer;
GRANT SELECT (case_id) ON remedies_event, remedies_letter, remedies_paper TO chengxin_disposer;
GRANT SELECT (paper_id, digest) ON remedies_paper TO chengxin_disposer;
GRANT SELECT (digest) ON remedies_paper_content TO chengxin_disposer;
GRANT SELECT (paper_id) ON remedies_opening TO chengxin_disposer;
GRANT SELECT (uid) ON remedies_case_person TO chengxin_disposer;
GRANT SELECT (uid), DELETE ON remedies_docket TO chengxin_disposer;
