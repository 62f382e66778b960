-- Purpose: role intake tells which version a removal removed: that content does not come in again (F8, F9).
GRANT SELECT (version) ON records_mark TO chengxin_intake;
