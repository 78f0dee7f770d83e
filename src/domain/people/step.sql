-- use people/step

-- step_put exec
-- in: community community_id, kind step_kind, year int, note text?, now instant, since instant?
INSERT INTO community_step (community, kind, year, note, said_at, since) VALUES (:community, :kind, :year, :note, :now, :since)
ON CONFLICT (community, kind, year) DO UPDATE SET note = excluded.note, said_at = excluded.said_at;

-- What was ever told of a kind, what was taken back too.
-- step_ever_told one
-- in: community community_id, kind step_kind
-- out: n int
SELECT COUNT(*) FROM step_told WHERE community = :community AND kind = :kind;

-- What is about to be taken back.
-- step_keep exec
-- in: community community_id, kind step_kind, year int, now instant
INSERT INTO community_step_was (community, kind, year, note, said_at, since, until)
SELECT community, kind, year, note, said_at, since, :now FROM community_step
WHERE community = :community AND kind = :kind AND year = :year;

-- step_delete exec
-- in: community community_id, kind step_kind, year int
DELETE FROM community_step WHERE community = :community AND kind = :kind AND year = :year;

-- step_rows many
-- in: community community_id
-- out: step_row
SELECT kind, year, note FROM community_step WHERE community = :community ORDER BY year, kind;

-- was_insert exec
-- in: community community_id, field text, value text?, now instant
INSERT INTO community_was (community, field, value, until) VALUES (:community, :field, :value, :now);

-- year_was_insert exec
-- in: community community_id, year int, now instant
INSERT INTO community_year_was (community, year, until) VALUES (:community, :year, :now);

-- link_period_keep exec
-- in: id link_id
INSERT INTO link_period (link, started, ended)
SELECT id, COALESCE(started, COALESCE(from_confirmed_at, to_confirmed_at, 0) / 86400), ended
FROM link WHERE id = :id AND ended IS NOT NULL;
