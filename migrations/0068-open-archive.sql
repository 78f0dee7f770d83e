-- slice: observatory
-- Every file of open data in one archive, as it was last made: one row.
CREATE TABLE open_archive (
	id @id,
	made_at @instant,
	size @int,
	sha256 @hash,
	bytes @bytes
);
