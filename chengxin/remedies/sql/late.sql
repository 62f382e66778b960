-- Purpose: whoever writes the line of a case notes that a term was let pass.
GRANT UPDATE (late) ON remedies_docket TO chengxin_web;
