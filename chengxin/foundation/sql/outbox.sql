-- Purpose: keys between the outbox's person tables, and the rights of each role on the outbox (F8, F14, F16).
ALTER TABLE foundation_delivery ADD CONSTRAINT foundation_delivery_of_a_notice
    FOREIGN KEY (person_id, notice_id) REFERENCES foundation_notice (person_id, notice_id);

GRANT SELECT, INSERT ON foundation_notice, foundation_delivery TO chengxin_web;
GRANT SELECT, INSERT, UPDATE, DELETE ON foundation_dispatch TO chengxin_web;
GRANT INSERT ON foundation_dispatch TO chengxin_intake;
-- A notice holds identifiers alone; the dispatcher of a batch finds its persons by them.
GRANT SELECT, INSERT ON foundation_notice TO chengxin_intake;
