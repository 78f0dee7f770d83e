-- use spaces/space_settings

-- place_put exec
-- in: place_row
INSERT INTO place (community, zone, opening, holidays, holidays_off, cancel_day_before, cancel_minute, walk_in, welcome)
VALUES (:community, :zone, :opening, :holidays, :holidays_off, :cancel_day_before, :cancel_minute, :walk_in, :welcome)
ON CONFLICT (community) DO UPDATE SET zone = excluded.zone, opening = excluded.opening, holidays = excluded.holidays,
	holidays_off = excluded.holidays_off, cancel_day_before = excluded.cancel_day_before,
	cancel_minute = excluded.cancel_minute, walk_in = excluded.walk_in, welcome = excluded.welcome;

-- space_insert one
-- in: space_row
-- out: id space_id
INSERT INTO space (pub, community, name, note, kind, capacity, counted, granule, shortest, longest, notice, horizon, opening,
	needs_approval, qualification, rank)
VALUES (:pub, :community, :name, :note, :kind, :capacity, :counted, :granule, :shortest, :longest, :notice, :horizon, :opening,
	:needs_approval, :qualification, :rank)
RETURNING id;

-- space_update exec
-- in: space_row
UPDATE space SET name = :name, note = :note, kind = :kind, capacity = :capacity, counted = :counted, granule = :granule,
	shortest = :shortest, longest = :longest, notice = :notice, horizon = :horizon, opening = :opening,
	needs_approval = :needs_approval, qualification = :qualification, rank = :rank
WHERE id = :id AND community = :community AND archived_at IS NULL;

-- spaces_archived many
-- in: community community_id
-- out: space_row
SELECT id, pub, community, name, note, kind, capacity, counted, granule, shortest, longest, notice, horizon, opening,
	needs_approval, qualification, rank
FROM space WHERE community = :community AND archived_at IS NOT NULL ORDER BY archived_at DESC, id;

-- space_reopened exec
-- in: id space_id, community community_id
UPDATE space SET archived_at = NULL WHERE id = :id AND community = :community AND archived_at IS NOT NULL;

-- space_set_archived exec
-- in: id space_id, now instant
UPDATE space SET archived_at = :now WHERE id = :id AND archived_at IS NULL;

-- bookings_to_come one
-- in: space space_id, now instant
-- out: n int
SELECT COUNT(*) FROM booking
WHERE space = :space AND ends_at > :now AND status IN ('requested', 'confirmed', 'present', 'waiting');

-- bookings_within one
-- in: community community_id, space space_id?, from day, to day
-- out: n int
SELECT COUNT(*) FROM booking
WHERE community = :community AND on_day >= :from AND on_day <= :to AND (:space IS NULL OR space = :space)
	AND status IN ('requested', 'confirmed', 'present', 'waiting');

-- What holds on a day.
-- tariff_of_day maybe
-- in: community community_id, kind space_kind, audience audience, unit tariff_unit, on_day day
-- out: tariff_line
SELECT space_kind, audience, unit, price, from_day, to_day FROM tariff
WHERE community = :community AND space_kind = :kind AND audience = :audience AND unit = :unit AND from_day <= :on_day
	AND (to_day IS NULL OR to_day >= :on_day)
ORDER BY from_day DESC LIMIT 1;

-- tariff_end exec
-- in: community community_id, kind space_kind, audience audience, unit tariff_unit, last day, from day
UPDATE tariff SET to_day = :last
WHERE community = :community AND space_kind = :kind AND audience = :audience AND unit = :unit AND from_day < :from
	AND (to_day IS NULL OR to_day >= :from);

-- tariff_drop exec
-- in: community community_id, kind space_kind, audience audience, unit tariff_unit, from day
DELETE FROM tariff
WHERE community = :community AND space_kind = :kind AND audience = :audience AND unit = :unit AND from_day = :from;

-- tariff_insert exec
-- in: community community_id, kind space_kind, audience audience, unit tariff_unit, price money, from day
INSERT INTO tariff (community, space_kind, audience, unit, price, from_day)
VALUES (:community, :kind, :audience, :unit, :price, :from);

-- tariffs_from many
-- in: community community_id, on_day day
-- out: tariff_line
SELECT space_kind, audience, unit, price, from_day, to_day FROM tariff
WHERE community = :community AND (to_day IS NULL OR to_day >= :on_day)
ORDER BY space_kind, audience DESC, unit DESC, from_day;

-- closure_insert exec
-- in: pub pubid, community community_id, space space_id?, from day, to day, reason text
INSERT INTO closure (pub, community, space, from_day, to_day, reason)
VALUES (:pub, :community, :space, :from, :to, :reason);

-- closures_of_days one
-- in: community community_id, space space_id?, from day, to day
-- out: n int
SELECT COUNT(*) FROM closure
WHERE community = :community AND from_day = :from AND to_day = :to
	AND (space = :space OR (space IS NULL AND :space IS NULL));

-- closure_facts_of maybe
-- in: community community_id, pub pubid
-- out: closure_facts
SELECT s.name, k.from_day, k.to_day, k.reason FROM closure k LEFT JOIN space s ON s.id = k.space
WHERE k.community = :community AND k.pub = :pub;

-- closure_delete exec
-- in: community community_id, pub pubid
DELETE FROM closure WHERE community = :community AND pub = :pub;

-- closures_from many
-- in: community community_id, from day, now instant
-- out: closure_line
SELECT k.pub, s.pub, s.name, k.from_day, k.to_day, k.reason,
	(SELECT COUNT(*) FROM booking b WHERE b.community = k.community AND b.on_day BETWEEN k.from_day AND k.to_day
		AND (k.space IS NULL OR b.space = k.space) AND b.ends_at > :now AND b.status IN ('requested', 'confirmed', 'waiting')),
	(SELECT MIN(b.on_day) FROM booking b WHERE b.community = k.community AND b.on_day BETWEEN k.from_day AND k.to_day
		AND (k.space IS NULL OR b.space = k.space) AND b.ends_at > :now AND b.status IN ('requested', 'confirmed', 'waiting')),
	k.from_day = k.to_day
FROM closure k LEFT JOIN space s ON s.id = k.space
WHERE k.community = :community AND k.to_day >= :from ORDER BY k.from_day, k.id;
