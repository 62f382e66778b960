-- Purpose: keys between person tables, grants of the room persons (F2, F3, F8).
ALTER TABLE persons_document ADD CONSTRAINT persons_document_of_a_person
    FOREIGN KEY (person_id) REFERENCES persons_person (person_id);
ALTER TABLE persons_name ADD CONSTRAINT persons_name_of_a_person
    FOREIGN KEY (person_id) REFERENCES persons_person (person_id);
ALTER TABLE persons_source ADD CONSTRAINT persons_source_of_a_person
    FOREIGN KEY (person_id) REFERENCES persons_person (person_id);
ALTER TABLE persons_contact ADD CONSTRAINT persons_contact_of_a_person
    FOREIGN KEY (person_id) REFERENCES persons_person (person_id);

GRANT SELECT, INSERT ON persons_person, persons_document, persons_name, persons_source, persons_contact TO chengxin_web;
GRANT SELECT, INSERT ON persons_identity_key TO chengxin_web;
GRANT SELECT ON persons_erasure TO chengxin_web;
GRANT SELECT, INSERT, UPDATE, DELETE ON persons_account_link TO chengxin_web;
GRANT SELECT, INSERT, UPDATE, DELETE ON persons_binding_code TO chengxin_web;

GRANT INSERT ON persons_person, persons_document, persons_name, persons_source, persons_identity_key TO chengxin_intake;
GRANT SELECT (person_id, name_key) ON persons_name TO chengxin_intake;
GRANT SELECT (person_id, source_id, name_key, kind) ON persons_source TO chengxin_intake;
GRANT SELECT ON persons_identity_key TO chengxin_intake;
GRANT SELECT (person_id) ON persons_person TO chengxin_intake;

GRANT SELECT, INSERT ON persons_erasure TO chengxin_disposer;
GRANT SELECT, DELETE ON persons_document, persons_name, persons_contact, persons_identity_key, persons_source TO chengxin_disposer;
GRANT SELECT (person_id) ON persons_person TO chengxin_disposer;
GRANT SELECT, DELETE ON persons_account_link, persons_binding_code TO chengxin_disposer;
