-- use observatory/arrival

-- import_run_insert one
-- in: pub pubid, label text, licence text?, format import_format, filename text?, plan text?, person person_id, community community_id, offered bool, now instant
-- out: id row_id
INSERT INTO import_run (pub, label, licence, format, filename, plan, state, done, person, community, offered, created_at)
VALUES (:pub, :label, :licence, :format, :filename, :plan, 'waiting', 0, :person, :community, :offered, :now)
RETURNING id;

-- import_file_insert exec
-- in: run row_id, bytes octets
INSERT INTO import_file (run, bytes) VALUES (:run, :bytes);
