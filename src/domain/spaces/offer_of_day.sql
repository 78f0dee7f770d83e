-- use spaces/offer_of_day

-- listed_places many
-- in: list json
-- out: place_row
SELECT community, zone, opening, holidays, holidays_off, cancel_day_before, cancel_minute, walk_in, welcome
FROM place WHERE community IN (SELECT CAST(value AS BIGINT)
-- sqlite
	FROM json_each(:list))
-- postgres
	FROM jsonb_array_elements_text(CAST(:list AS jsonb)) AS t (value))
-- both
ORDER BY community;

-- listed_spaces many
-- in: list json
-- out: space_row
SELECT id, pub, community, name, note, kind, capacity, counted, granule, shortest, longest, notice, horizon, opening,
	needs_approval, qualification, rank
FROM space WHERE archived_at IS NULL AND community IN (SELECT CAST(value AS BIGINT)
-- sqlite
	FROM json_each(:list))
-- postgres
	FROM jsonb_array_elements_text(CAST(:list AS jsonb)) AS t (value))
-- both
ORDER BY community, rank, id;

-- As taken_between of occupation.sql.
-- listed_taken many
-- in: list json, on_day day, now instant
-- out: taken_there
SELECT community, space, on_day, from_minute, to_minute, units, status FROM booking
WHERE on_day = :on_day
	AND (status IN ('confirmed', 'present') OR (status = 'requested' AND (expires_at IS NULL OR expires_at > :now))
		OR (status IN ('done', 'unrecorded', 'no_show') AND ends_at <= :now))
	AND community IN (SELECT CAST(value AS BIGINT)
-- sqlite
	FROM json_each(:list))
-- postgres
	FROM jsonb_array_elements_text(CAST(:list AS jsonb)) AS t (value))
-- both
ORDER BY community, space, from_minute, id;

-- listed_closures many
-- in: list json, from day
-- out: closed_there
SELECT community, space, from_day, to_day, reason FROM closure
WHERE to_day >= :from AND community IN (SELECT CAST(value AS BIGINT)
-- sqlite
	FROM json_each(:list))
-- postgres
	FROM jsonb_array_elements_text(CAST(:list AS jsonb)) AS t (value))
-- both
ORDER BY community, from_day, id;
