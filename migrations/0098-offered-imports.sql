-- slice: observatory
-- A file that a coordinator handed over for her network, and why it was refused.
ALTER TABLE import_run ADD COLUMN offered @bool?;
ALTER TABLE import_run ADD COLUMN reason @text?;
ALTER TABLE import_sheet ADD COLUMN offered @bool?;
