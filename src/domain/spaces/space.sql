-- place_by_community maybe
-- in: community community_id
-- out: place_row
SELECT community, zone, opening, holidays, holidays_off, cancel_day_before, cancel_minute, walk_in, welcome
FROM place WHERE community = :community;

-- place_commune maybe
-- in: community community_id
-- out: insee text
SELECT insee FROM community WHERE id = :community AND insee IS NOT NULL;

-- space_by_id one
-- in: id space_id
-- out: space_row
SELECT id, pub, community, name, note, kind, capacity, counted, granule, shortest, longest, notice, horizon, opening,
	needs_approval, qualification, rank
FROM space WHERE id = :id;

-- space_by_pub maybe
-- in: pub pubid
-- out: space_row
SELECT id, pub, community, name, note, kind, capacity, counted, granule, shortest, longest, notice, horizon, opening,
	needs_approval, qualification, rank
FROM space WHERE pub = :pub AND archived_at IS NULL;

-- spaces_of_place many
-- in: community community_id
-- out: space_row
SELECT id, pub, community, name, note, kind, capacity, counted, granule, shortest, longest, notice, horizon, opening,
	needs_approval, qualification, rank
FROM space WHERE community = :community AND archived_at IS NULL ORDER BY rank, id;

-- space_lock one
-- in: id space_id
-- out: capacity int, archived_at instant?
SELECT capacity, archived_at FROM space WHERE id = :id
-- postgres
FOR NO KEY UPDATE
-- both
;

-- closures_between many
-- in: community community_id, from day, to day
-- out: space space_id?, from_day day, to_day day, reason text
SELECT space, from_day, to_day, reason FROM closure
WHERE community = :community AND to_day >= :from AND from_day <= :to ORDER BY from_day, id;

-- qualification_on maybe
-- in: person person_id, space space_id, on_day day
-- out: id row_id
SELECT id FROM qualification
WHERE person = :person AND space = :space AND granted_on <= :on_day AND (until IS NULL OR until >= :on_day)
ORDER BY granted_on DESC LIMIT 1;

-- closure_reason maybe
-- in: community community_id, space space_id, on_day day
-- out: reason text
SELECT reason FROM closure
WHERE community = :community AND (space IS NULL OR space = :space) AND from_day <= :on_day AND to_day >= :on_day
ORDER BY id DESC LIMIT 1;
