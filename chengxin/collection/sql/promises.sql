-- Purpose: keys between the tables of collection, the lock that a chunk takes on its batch, and the rights of each role (F8).
ALTER TABLE collection_chunk ADD CONSTRAINT collection_chunk_of_a_batch
    FOREIGN KEY (batch_id) REFERENCES collection_batch (id);
ALTER TABLE collection_chunk ADD CONSTRAINT collection_chunk_outcome_of_each_row CHECK (octet_length(outcomes) = rows);
ALTER TABLE collection_recall ADD CONSTRAINT collection_recall_of_a_batch
    FOREIGN KEY (batch_id) REFERENCES collection_batch (id);

-- A chunk is finished only while its batch is being screened; who cancels or stops the batch waits for a chunk under way.
CREATE FUNCTION collection_chunk_holds_batch() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    PERFORM 1 FROM collection_batch WHERE id = NEW.batch_id AND state = 'screening' FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'collection_chunk_needs_a_batch_in_screening' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER collection_chunk_holds_batch BEFORE INSERT ON collection_chunk
    FOR EACH ROW EXECUTE FUNCTION collection_chunk_holds_batch();

GRANT SELECT, INSERT, UPDATE ON collection_batch TO chengxin_web;
GRANT SELECT ON collection_chunk, collection_refusal TO chengxin_web;
GRANT SELECT ON collection_quarantine TO chengxin_web;
GRANT SELECT, INSERT, UPDATE, DELETE ON collection_mapping TO chengxin_web;
GRANT SELECT, INSERT, UPDATE ON collection_report TO chengxin_web;
GRANT SELECT, INSERT, UPDATE ON collection_recall TO chengxin_web;

GRANT SELECT ON collection_batch TO chengxin_intake;
GRANT SELECT, INSERT ON collection_chunk TO chengxin_intake;
GRANT INSERT ON collection_refusal, collection_quarantine TO chengxin_intake;
-- What was decided on a held row is written with the ledger rows that follow from it, in one transaction.
GRANT SELECT (batch_id, row_no, uid, commitment, state, ends_at) ON collection_quarantine TO chengxin_intake;
GRANT UPDATE (state, sealed, blind_index, decided_by, decided_at, decision_reason) ON collection_quarantine TO chengxin_intake;
