-- slice: observatory
-- A table that was handed over and whose columns nobody has confirmed yet.
CREATE TABLE import_sheet (
	id @id,
	pub @pubid,
	label @text,			-- the source, as import_run.label
	licence @text?,
	kept @bytes,			-- its cells, as platform/spreadsheet.h keeps them
	plan @text,			-- which column is which field
	person @ref?(person),
	community @ref?(community),	-- for whom it is done
	created_at @instant
);
CREATE INDEX import_sheet_created ON import_sheet (created_at);

-- How the tables of a source are read: as its last one was.
CREATE TABLE import_mapping (
	label @text PRIMARY KEY,
	plan @text,
	person @ref?(person),
	saved_at @instant
);
