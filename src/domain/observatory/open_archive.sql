-- use observatory/open_archive

-- open_archive_of maybe
-- out: archive_file
SELECT id, made_at, size, sha256 FROM open_archive ORDER BY id DESC LIMIT 1;

-- open_archive_piece maybe
-- in: archive row_id, rank int
-- out: archive_piece
SELECT bytes FROM open_archive_piece WHERE archive = :archive AND rank = :rank;

-- open_archive_clear_pieces exec
DELETE FROM open_archive_piece;

-- open_archive_clear exec
DELETE FROM open_archive;

-- open_archive_insert one
-- in: now instant, size int, sha256 hash
-- out: id row_id
INSERT INTO open_archive (made_at, size, sha256) VALUES (:now, :size, :sha256)
RETURNING id;

-- open_archive_insert_piece exec
-- in: archive row_id, rank int, bytes octets
INSERT INTO open_archive_piece (archive, rank, bytes) VALUES (:archive, :rank, :bytes);
