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

-- As taken_between of occupation.sql. For SQLite the list stands first, by CROSS JOIN: of a condition on status it would make a search of all
-- that is still open anywhere.
-- listed_taken many
-- in: list json, on_day day, now instant
-- out: taken_there
SELECT community, space, on_day, from_minute, to_minute, units, status
-- sqlite
FROM (SELECT DISTINCT CAST(value AS BIGINT) AS wanted FROM json_each(:list)) CROSS JOIN booking ON community = wanted AND on_day = :on_day
WHERE
-- postgres
FROM booking
WHERE on_day = :on_day AND community IN (SELECT CAST(value AS BIGINT) FROM jsonb_array_elements_text(CAST(:list AS jsonb)) AS t (value)) AND
-- both
	(status IN ('confirmed', 'present') OR (status = 'requested' AND (expires_at IS NULL OR expires_at > :now))
		OR (status IN ('done', 'unrecorded', 'no_show') AND ends_at <= :now))
ORDER BY community, space, from_minute, id;

-- What a person has learned to use, by a day.
-- skills_on many
-- in: person person_id, on_day day
-- out: space space_id
SELECT DISTINCT space FROM qualification
WHERE person = :person AND granted_on <= :on_day AND (until IS NULL OR until >= :on_day);

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
