-- use observatory/open_changes

-- The last time of each record, latest first; an address that was merged into another is told with it.
-- open_changes_since many
-- in: since instant, after text, most int
-- out: open_change
WITH last AS (
	SELECT c.pub, c.name, c.is_place, MAX(t.at) AS at, NULL AS merged_into
	FROM published_change t JOIN community c ON c.id = t.community
	GROUP BY c.id, c.pub, c.name, c.is_place
	UNION ALL
	SELECT m.pub, c.name, c.is_place, m.at, c.pub FROM community_moved m JOIN community c ON c.id = m.community)
SELECT l.pub, l.name, l.is_place, l.at, l.merged_into FROM last l
WHERE l.at >= :since AND (:after = '' OR (l.at, l.pub) < (SELECT a.at, a.pub FROM last a WHERE a.pub = :after))
ORDER BY l.at DESC, l.pub DESC LIMIT :most;
