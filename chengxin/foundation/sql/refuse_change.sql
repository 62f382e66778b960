-- Functions behind the triggers of append-only tables: the second line after the rights that roles do not have.

CREATE OR REPLACE FUNCTION foundation_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
END $$;

-- For tables whose rows are deleted once past their retention: by role disposer, which row-level security narrows to them.
CREATE OR REPLACE FUNCTION foundation_refuse_delete_unless_disposer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user = 'chengxin_disposer' THEN RETURN OLD; END IF;
  RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
END $$;
