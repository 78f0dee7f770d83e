-- use observatory/series

-- What is said year by year of those that were places on the day.
-- series_facts many
-- in: kind text, code text, source text, year int, at instant
-- out: series_fact
WITH here AS (
	SELECT c.id, COALESCE((SELECT x.year FROM community_year_was x WHERE x.community = c.id AND x.until > :at
		ORDER BY x.until, x.id LIMIT 1), c.year_started) AS year_started
	FROM place_territory t JOIN community c ON c.id = t.community
	WHERE t.kind = :kind AND t.code = :code AND (:source = '' OR c.source = :source)
		AND COALESCE((SELECT x.value = '1' FROM community_was x WHERE x.community = c.id AND x.field = 'is_place'
			AND x.until > :at ORDER BY x.until, x.id LIMIT 1), c.is_place)
)
SELECT 'opened', h.year_started, COUNT(*), COUNT(*) FROM here h WHERE h.year_started <= :year
GROUP BY h.year_started
UNION ALL
SELECT 'closed', s.year, COUNT(*), COUNT(*) FROM here h JOIN step_told s ON s.community = h.id AND s.kind = 'closed'
WHERE s.year <= :year AND s.since <= :at AND s.until > :at
GROUP BY s.year
UNION ALL
SELECT f.kind, f.year, COUNT(*), CAST(SUM(f.value) AS BIGINT) FROM here h JOIN figure_told f ON f.community = h.id
WHERE f.value IS NOT NULL AND f.year <= :year AND f.since <= :at AND f.until > :at
GROUP BY f.kind, f.year
ORDER BY 2, 1;
