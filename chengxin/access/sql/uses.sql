-- Purpose: uses end with the looks they rest on: role disposer deletes them after five years at the soonest.
SET LOCAL citus.enable_unsafe_triggers = on;
DROP TRIGGER access_use_no_delete ON access_use;
CREATE TRIGGER access_use_no_delete BEFORE DELETE ON access_use
  FOR EACH ROW EXECUTE FUNCTION access_refuse_delete_before_its_day();
CREATE POLICY access_use_disposer ON access_use TO chengxin_disposer USING (true);
GRANT SELECT (person_id, use_id, at), DELETE ON access_use TO chengxin_disposer;
