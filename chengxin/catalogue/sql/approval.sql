-- An approval names the proposer of the very edition it decides on, so that "by another person" can be a CHECK.

ALTER TABLE catalogue_approval
  ADD CONSTRAINT catalogue_approval_of_proposed FOREIGN KEY (edition_id, proposed_by)
  REFERENCES catalogue_edition (id, proposed_by);
