-- Purpose: who may add, read and take out what operators asked; and an order of silence stays within its law's maximum.
ALTER TABLE access_operator_look ENABLE ROW LEVEL SECURITY;
-- Added with every look, of one person or of a batch; read by whoever works the list off, and where it is about oneself.
CREATE POLICY access_operator_look_added ON access_operator_look FOR INSERT TO chengxin_web WITH CHECK (true);
CREATE POLICY access_operator_look_read ON access_operator_look FOR SELECT TO chengxin_web
  USING (person_id = nullif(current_setting('chengxin.person', true), '')::uuid
         OR current_setting('chengxin.queue', true) = 'access_operator_look');
CREATE POLICY access_operator_look_ended ON access_operator_look FOR DELETE TO chengxin_web
  USING (person_id = nullif(current_setting('chengxin.person', true), '')::uuid
         OR current_setting('chengxin.queue', true) = 'access_operator_look');

-- No case is silent without an order, and no look is sealed for longer than any law could order.
CREATE FUNCTION access_case_sealed_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.opens_at IS NOT NULL AND NOT EXISTS (
    SELECT FROM access_seal_order o
     WHERE o.case_id = NEW.id AND o.state = 'approved'
       AND (o.ends_on::timestamp AT TIME ZONE 'Asia/Shanghai') = NEW.opens_at) THEN
    RAISE EXCEPTION 'access_case is sealed by an approved order alone' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER access_case_sealed_by_order BEFORE INSERT OR UPDATE OF opens_at ON access_case
  FOR EACH ROW EXECUTE FUNCTION access_case_sealed_guard();
ALTER TABLE access_look ADD CONSTRAINT access_look_sealed_for_a_time CHECK (opens_at <= at + interval '180 days');

ALTER TABLE access_seal_order ADD CONSTRAINT access_seal_order_within_its_law CHECK (ends_on - starts_on <= most_days);

GRANT SELECT, INSERT, DELETE ON access_operator_look TO chengxin_web;
GRANT SELECT, INSERT, DELETE ON access_review_look TO chengxin_web;
-- What was raised stays as it was raised; a decision is added to it once.
GRANT SELECT, INSERT, UPDATE (finding, told, decided_at, decided_by) ON access_review TO chengxin_web;
GRANT SELECT, INSERT, UPDATE (state, decided_by, decided_in, decided_at) ON access_seal_order TO chengxin_web;
