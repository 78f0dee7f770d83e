-- use observatory/density

-- The territories of a kind that have a commune in the one given, each whole: in the country all have. Summed before
-- they are named, without looking up the communes of a country, it takes a quarter of the time.
-- territory_people many
-- in: kind text, in_kind text, in_code text
-- out: territory_people
SELECT t.code, n.name, t.communes, t.unpeopled, t.population, t.apart, t.with_metro
FROM (SELECT k.code AS code, COUNT(*) AS communes,
		CAST(SUM(CASE WHEN COALESCE(k.population, 0) = 0 THEN 1 ELSE 0 END) AS BIGINT) AS unpeopled,
		CAST(COALESCE(SUM(k.population), 0) AS BIGINT) AS population,
		CAST(COALESCE(SUM(CASE WHEN e.kind IN ('METRO', 'MET69') THEN 0 ELSE k.population END), 0) AS BIGINT) AS apart,
		MAX(CASE WHEN e.kind IN ('METRO', 'MET69') THEN 1 ELSE 0 END) = 1 AS with_metro
	FROM territory_commune k LEFT JOIN epci e ON e.siren = k.epci
	WHERE k.kind = :kind AND ((:in_kind = 'country' AND :in_code = 'FR') OR k.code IN (SELECT w.code FROM territory_commune w
		WHERE w.kind = :kind AND w.insee IN (SELECT i.insee FROM territory_commune i WHERE i.kind = :in_kind AND i.code = :in_code)))
	GROUP BY k.code) t
JOIN territory_name n ON n.kind = :kind AND n.code = t.code
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
