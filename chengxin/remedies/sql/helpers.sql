-- Purpose: who acts on a case for its person does so by a mandate of that person, over remedies, confirmed, not ended and not over.
CREATE FUNCTION remedies_helper_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.who = 'helper') <> (NEW.mandate_id IS NOT NULL) OR (NEW.mandate_id IS NOT NULL AND NOT EXISTS (
      SELECT FROM persons_mandate m
       WHERE m.person_id = NEW.person_id AND m.mandate_id = NEW.mandate_id
         AND 'remedies' = ANY (m.scopes)
         AND (NEW.at AT TIME ZONE 'Asia/Shanghai')::date >= m.starts_on
         AND (NEW.at AT TIME ZONE 'Asia/Shanghai')::date < m.ends_on
         AND EXISTS (SELECT FROM persons_mandate_act a WHERE a.person_id = m.person_id AND a.mandate_id = m.mandate_id
                      AND a.act = 'confirmed' AND a.at <= NEW.at)
         AND NOT EXISTS (SELECT FROM persons_mandate_act a WHERE a.person_id = m.person_id
                          AND a.mandate_id = m.mandate_id AND a.act = 'ended' AND a.at <= NEW.at))) THEN
    RAISE EXCEPTION 'remedies_event by a helper without a mandate'
      USING ERRCODE = 'restrict_violation', CONSTRAINT = 'remedies_event_by_mandate', TABLE = 'remedies_event';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER remedies_event_by_mandate BEFORE INSERT ON remedies_event
  FOR EACH ROW EXECUTE FUNCTION remedies_helper_guard();
