-- Purpose: rights on the list of letters, which role web alone keeps (F8).
GRANT SELECT, INSERT, UPDATE, DELETE ON foundation_letter TO chengxin_web;
