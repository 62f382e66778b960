-- Purpose: a complaint without a name is answered once, and goes with its answer five years later (role disposer alone).
CREATE FUNCTION remedies_unnamed_kept_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user = 'chengxin_disposer' AND EXISTS (
       SELECT FROM remedies_unnamed_answer a WHERE a.complaint_id = OLD.uid AND a.at < now() - interval '5 years') THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'remedies_unnamed_stays_until_its_day' USING ERRCODE = 'restrict_violation',
    HINT = 'A complaint goes five years after it was answered; one without an answer stays.';
END $$;
CREATE FUNCTION remedies_unnamed_answer_kept_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user = 'chengxin_disposer' AND OLD.at < now() - interval '5 years' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'remedies_unnamed_answer_stays_until_its_day' USING ERRCODE = 'restrict_violation';
END $$;
DROP TRIGGER remedies_unnamed_no_delete ON remedies_unnamed;
CREATE TRIGGER remedies_unnamed_no_delete BEFORE DELETE ON remedies_unnamed
  FOR EACH ROW EXECUTE FUNCTION remedies_unnamed_kept_guard();
DROP TRIGGER remedies_unnamed_answer_no_delete ON remedies_unnamed_answer;
CREATE TRIGGER remedies_unnamed_answer_no_delete BEFORE DELETE ON remedies_unnamed_answer
  FOR EACH ROW EXECUTE FUNCTION remedies_unnamed_answer_kept_guard();

GRANT SELECT, INSERT ON remedies_unnamed, remedies_unnamed_answer TO chengxin_web;
-- Which there are and of when, and nothing of what they say.
GRANT SELECT (uid), DELETE ON remedies_unnamed TO chengxin_disposer;
GRANT SELECT (complaint_id, at), DELETE ON remedies_unnamed_answer TO chengxin_disposer;
