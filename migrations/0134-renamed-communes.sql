-- slice: territory
-- What a commune was called before it changed its name, and until what year.
CREATE TABLE commune_renamed (
	id @id,
	insee @text REFERENCES commune(insee),
	name @text,
	folded @text,
	until @int,
	UNIQUE (insee, folded)
);
