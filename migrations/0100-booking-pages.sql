-- slice: spaces
-- Did she come that day already, is asked before each booking on a grant: of all bookings of the day, hers alone are read.
DROP INDEX booking_on_day;
CREATE INDEX booking_on_day ON booking (community, on_day, person);

-- The detail of a line is found by its number alone: on SQLite, one tree less to write to at each line.
CREATE TABLE audit_detail_by_number (
	audit @ref(audit) PRIMARY KEY,
	salt @text,
	before @json?,
	after @json?
);
INSERT INTO audit_detail_by_number (audit, salt, before, after) SELECT audit, salt, before, after FROM audit_detail ORDER BY audit;
DROP TABLE audit_detail;
ALTER TABLE audit_detail_by_number RENAME TO audit_detail;
