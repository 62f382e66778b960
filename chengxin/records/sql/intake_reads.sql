-- Purpose: role intake, which row-level security does not hold, reads of the ledger keys and commitments alone (F8).
-- supplier and batch are asked for: of two suppliers of one decision the deciding body's counts, and a recall blocks content.
REVOKE SELECT (item, nature) ON records_entry FROM chengxin_intake;
REVOKE SELECT (at) ON records_mark FROM chengxin_intake;
REVOKE SELECT ON records_recall FROM chengxin_intake;
GRANT SELECT (batch_id) ON records_recall TO chengxin_intake;
