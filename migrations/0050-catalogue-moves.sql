-- slice: observatory
-- On PostgreSQL a transaction moves the search's number by a line of its own, told
-- once: none waits for another that has not ended (an import may take minutes),
-- and a long one does not write the same row again for each of its statements.
-- The number is the sum of the lines; it never goes back.
ALTER TABLE catalogue_state ADD COLUMN tx @int?;
CREATE UNIQUE INDEX catalogue_state_tx ON catalogue_state (tx);
-- postgres
CREATE SEQUENCE catalogue_state_line START 2;
CREATE OR REPLACE FUNCTION catalogue_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF NOT EXISTS (SELECT 1 FROM catalogue_state WHERE tx = txid_current()) THEN
		INSERT INTO catalogue_state (id, n, tx) VALUES (nextval('catalogue_state_line'), 1, txid_current());
	END IF;
	RETURN NULL;
END $$;
-- both
