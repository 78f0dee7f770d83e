-- What the file brought is invented, as all the rest.
-- demo_import_mark exec
UPDATE community SET is_demo = TRUE WHERE id IN (SELECT community FROM import_key);
