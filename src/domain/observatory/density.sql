-- use observatory/density

-- The territories of a kind that have a commune in the one given, each whole.
-- territory_people many
-- in: kind text, in_kind text, in_code text
-- out: territory_people
SELECT t.code, MIN(n.name), COUNT(*), CAST(SUM(CASE WHEN COALESCE(t.population, 0) = 0 THEN 1 ELSE 0 END) AS BIGINT),
	CAST(COALESCE(SUM(t.population), 0) AS BIGINT),
	CAST(COALESCE(SUM(CASE WHEN e.kind IN ('METRO', 'MET69') THEN 0 ELSE t.population END), 0) AS BIGINT),
	MAX(CASE WHEN e.kind IN ('METRO', 'MET69') THEN 1 ELSE 0 END) = 1
FROM territory_commune t
JOIN territory_name n ON n.kind = t.kind AND n.code = t.code
LEFT JOIN epci e ON e.siren = t.epci
WHERE t.kind = :kind AND t.code IN (SELECT w.code FROM territory_commune w
	WHERE w.kind = :kind AND w.insee IN (SELECT i.insee FROM territory_commune i WHERE i.kind = :in_kind AND i.code = :in_code))
GROUP BY t.code
ORDER BY t.code;

-- One territory, whose name is known; no row when it has no commune.
-- territory_own maybe
-- in: kind text, code text, name text
-- out: territory_people
SELECT t.code, CAST(:name AS TEXT), COUNT(*), CAST(SUM(CASE WHEN COALESCE(t.population, 0) = 0 THEN 1 ELSE 0 END) AS BIGINT),
	CAST(COALESCE(SUM(t.population), 0) AS BIGINT),
	CAST(COALESCE(SUM(CASE WHEN e.kind IN ('METRO', 'MET69') THEN 0 ELSE t.population END), 0) AS BIGINT),
	MAX(CASE WHEN e.kind IN ('METRO', 'MET69') THEN 1 ELSE 0 END) = 1
FROM territory_commune t
LEFT JOIN epci e ON e.siren = t.epci
WHERE t.kind = :kind AND t.code = :code
GROUP BY t.code;

-- Which territories of a kind hold which place.
-- places_held many
-- in: kind text
-- out: territory_place
SELECT t.code, c.pub FROM place_territory t JOIN community c ON c.id = t.community WHERE t.kind = :kind;

-- zoning_latest maybe
-- out: key text
SELECT key FROM zoning ORDER BY key DESC LIMIT 1;
