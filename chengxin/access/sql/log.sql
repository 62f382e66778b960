-- The proof log grows at its end: lengths of commitments and roots, tiles that only gain bytes, and no tile ever taken away.
ALTER TABLE access_log_waiting
  ADD CONSTRAINT access_log_waiting_is_a_digest CHECK (octet_length(commitment) = 32);
ALTER TABLE access_log_checkpoint
  ADD CONSTRAINT access_log_checkpoint_root_is_a_digest CHECK (octet_length(root) = 32);
ALTER TABLE access_log_tile
  ADD CONSTRAINT access_log_tile_is_whole_digests CHECK (octet_length(hashes) BETWEEN 32 AND 8192 AND octet_length(hashes) % 32 = 0),
  ALTER COLUMN hashes SET STORAGE EXTERNAL;

CREATE FUNCTION access_log_tile_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.height <> OLD.height OR NEW.n <> OLD.n OR substring(NEW.hashes FROM 1 FOR octet_length(OLD.hashes)) <> OLD.hashes THEN
    RAISE EXCEPTION 'access_log_tile only grows at its end' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER access_log_tile_only_grows BEFORE UPDATE ON access_log_tile
  FOR EACH ROW EXECUTE FUNCTION access_log_tile_guard();
CREATE TRIGGER access_log_tile_no_delete BEFORE DELETE ON access_log_tile
  FOR EACH ROW EXECUTE FUNCTION foundation_refuse_change();
CREATE TRIGGER access_log_tile_no_truncate BEFORE TRUNCATE ON access_log_tile
  FOR EACH STATEMENT EXECUTE FUNCTION foundation_refuse_change();
