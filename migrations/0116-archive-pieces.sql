-- slice: observatory
-- The archive of open data in pieces: who sends it holds one at a time.
CREATE TABLE open_archive_piece (
	id @id,
	archive @ref(open_archive),
	rank @int,
	bytes @bytes
);
CREATE UNIQUE INDEX open_archive_piece_of ON open_archive_piece (archive, rank);
INSERT INTO open_archive_piece (archive, rank, bytes) SELECT id, 0, bytes FROM open_archive;
ALTER TABLE open_archive DROP COLUMN bytes;
