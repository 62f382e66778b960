-- Purpose: keys between person tables, append-only triggers, row-level security and grants of the ledger (F4, F5, F8, F16).
ALTER TABLE records_content ADD CONSTRAINT records_content_of_an_entry
    FOREIGN KEY (person_id, entry_id, version) REFERENCES records_entry (person_id, entry_id, version);
ALTER TABLE records_mark ADD CONSTRAINT records_mark_on_an_entry
    FOREIGN KEY (person_id, entry_id, version) REFERENCES records_entry (person_id, entry_id, version);
CREATE INDEX records_mark_of_entry ON records_mark (person_id, entry_id);

GRANT SELECT, INSERT ON records_mark TO chengxin_web;
GRANT SELECT ON records_entry, records_content TO chengxin_web;
GRANT SELECT ON records_decision_key TO chengxin_web;
GRANT SELECT, INSERT ON records_recall TO chengxin_web;

GRANT INSERT ON records_entry, records_content, records_decision_key, records_mark TO chengxin_intake;
GRANT SELECT (person_id, entry_id, version, item, supplier, batch_id, commitment, row_no, uid, nature) ON records_entry TO chengxin_intake;
GRANT SELECT (person_id, entry_id, kind, mark_id, at) ON records_mark TO chengxin_intake;
GRANT SELECT ON records_decision_key, records_recall TO chengxin_intake;

GRANT SELECT (batch_id) ON records_recall TO chengxin_disposer;
GRANT SELECT (person_id), DELETE ON records_decision_key TO chengxin_disposer;

GRANT SELECT (person_id, entry_id, version, retain_until, display_until, uid, batch_id) ON records_entry TO chengxin_disposer;
GRANT SELECT (person_id, entry_id, version), DELETE ON records_content TO chengxin_disposer;
GRANT SELECT (person_id, entry_id, kind, mark_id), INSERT, DELETE ON records_mark TO chengxin_disposer;
