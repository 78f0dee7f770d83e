-- use observatory/series

-- series_facts many
-- in: kind text, code text, source text, year int
-- out: series_fact
SELECT 'opened', c.year_started, COUNT(*), COUNT(*)
FROM place_territory t JOIN community c ON c.id = t.community
WHERE t.kind = :kind AND t.code = :code AND (:source = '' OR c.source = :source) AND c.is_place AND c.year_started <= :year
GROUP BY c.year_started
UNION ALL
SELECT 'closed', s.year, COUNT(*), COUNT(*)
FROM place_territory t JOIN community c ON c.id = t.community JOIN community_step s ON s.community = c.id AND s.kind = 'closed'
WHERE t.kind = :kind AND t.code = :code AND (:source = '' OR c.source = :source) AND c.is_place AND s.year <= :year
GROUP BY s.year
UNION ALL
SELECT f.kind, f.year, COUNT(*), CAST(SUM(f.value) AS BIGINT)
FROM place_territory t JOIN community c ON c.id = t.community JOIN community_figure f ON f.community = c.id
WHERE t.kind = :kind AND t.code = :code AND (:source = '' OR c.source = :source) AND c.is_place AND f.value IS NOT NULL
	AND f.year <= :year
GROUP BY f.kind, f.year
ORDER BY 2, 1;
