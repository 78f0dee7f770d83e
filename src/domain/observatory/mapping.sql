-- use observatory/mapping

-- import_sheet_insert exec
-- in: pub pubid, label text, licence text?, kept octets, plan text, person person_id, community community_id, offered bool, now instant
INSERT INTO import_sheet (pub, label, licence, kept, plan, person, community, offered, created_at)
VALUES (:pub, :label, :licence, :kept, :plan, :person, :community, :offered, :now);

-- import_sheet_by_pub maybe
-- in: pub pubid
-- out: import_sheet_row
SELECT id, pub, label, licence, kept, plan, person, community, COALESCE(offered, FALSE), created_at FROM import_sheet WHERE pub = :pub;

-- import_sheets many
-- in: community community_id
-- out: sheet_draft
SELECT s.pub, s.label, s.created_at, CASE WHEN s.offered THEN a.name END FROM import_sheet s LEFT JOIN community a ON a.id = s.community
WHERE CAST(:community AS BIGINT) IS NULL OR (s.community = :community AND s.offered) ORDER BY s.id DESC LIMIT 50;

-- import_sheet_plan exec
-- in: id row_id, plan text
UPDATE import_sheet SET plan = :plan WHERE id = :id;

-- import_sheet_drop exec
-- in: id row_id
DELETE FROM import_sheet WHERE id = :id;

-- import_sheets_prune exec
-- in: before instant
DELETE FROM import_sheet WHERE created_at < :before;

-- import_mapping_of maybe
-- in: label text
-- out: mapping_row
SELECT plan, saved_at FROM import_mapping WHERE label = :label;

-- import_mapping_save exec
-- in: label text, plan text, person person_id, now instant
INSERT INTO import_mapping (label, plan, person, saved_at) VALUES (:label, :plan, :person, :now)
ON CONFLICT (label) DO UPDATE SET plan = excluded.plan, person = excluded.person, saved_at = excluded.saved_at;
