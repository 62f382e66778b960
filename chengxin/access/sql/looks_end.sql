-- Purpose: looks, and questions about numbers of nobody, end: role disposer deletes them after five years at the soonest.
SET LOCAL citus.enable_unsafe_triggers = on;
CREATE FUNCTION access_refuse_delete_before_its_day() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user = 'chengxin_disposer' AND OLD.at < now() - interval '5 years' THEN RETURN OLD; END IF;
  RAISE EXCEPTION '% is kept for five years at least, and deleted by role disposer alone', TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;
DROP TRIGGER access_look_no_delete ON access_look;
CREATE TRIGGER access_look_no_delete BEFORE DELETE ON access_look
  FOR EACH ROW EXECUTE FUNCTION access_refuse_delete_before_its_day();
DROP TRIGGER access_unheld_no_delete ON access_unheld;
CREATE TRIGGER access_unheld_no_delete BEFORE DELETE ON access_unheld
  FOR EACH ROW EXECUTE FUNCTION access_refuse_delete_before_its_day();

-- Which there are and of when, and nothing of what they say.
CREATE POLICY access_look_disposer ON access_look TO chengxin_disposer USING (true);
GRANT SELECT (person_id, look_id, at), DELETE ON access_look TO chengxin_disposer;
GRANT SELECT (id, at), DELETE ON access_unheld TO chengxin_disposer;
