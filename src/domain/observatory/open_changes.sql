-- use observatory/open_changes

-- The last time of each record, latest first.
-- open_changes_since many
-- in: since instant, after text, most int
-- out: open_change
WITH told AS (
	SELECT id AS community, created_at AS at FROM community
	UNION ALL SELECT id, confirmed_at FROM community WHERE confirmed_at IS NOT NULL
	UNION ALL SELECT community, at FROM field_source
	UNION ALL SELECT c.id, a.at FROM audit a JOIN community c ON c.pub = a.object_pub
		WHERE a.object_kind = 'community'
			AND a.action IN ('community.create', 'community.import', 'community.edit', 'community.profile')),
last AS (
	SELECT c.pub, c.name, c.is_place, MAX(t.at) AS at FROM told t JOIN community c ON c.id = t.community
	GROUP BY c.id, c.pub, c.name, c.is_place)
SELECT l.pub, l.name, l.is_place, l.at FROM last l
WHERE l.at >= :since AND (:after = '' OR (l.at, l.pub) < (SELECT a.at, a.pub FROM last a WHERE a.pub = :after))
ORDER BY l.at DESC, l.pub DESC LIMIT :most;
