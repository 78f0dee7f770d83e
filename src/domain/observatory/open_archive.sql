-- use observatory/open_archive

-- open_archive_of maybe
-- out: made_at instant, size int, sha256 hash
SELECT made_at, size, sha256 FROM open_archive ORDER BY id DESC LIMIT 1;

-- open_archive_bytes maybe
-- out: archive_file
SELECT sha256, bytes FROM open_archive ORDER BY id DESC LIMIT 1;

-- open_archive_clear exec
DELETE FROM open_archive;

-- open_archive_insert exec
-- in: now instant, size int, sha256 hash, bytes octets
INSERT INTO open_archive (made_at, size, sha256, bytes) VALUES (:now, :size, :sha256, :bytes);
