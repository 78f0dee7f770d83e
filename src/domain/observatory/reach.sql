-- use observatory/reach

-- Those that are places or were, with their point or none.
-- place_spots many
-- in: base place_base
-- out: place_spot
SELECT c.pub, c.name, COALESCE(k.name, c.city_printed), c.departement,
	CASE WHEN COALESCE(c.lon_e5, k.lon_e5) IS NOT NULL THEN COALESCE(c.lat_e5, k.lat_e5) END, COALESCE(c.lon_e5, k.lon_e5)
FROM place_ever e JOIN community c ON c.id = e.id LEFT JOIN commune k ON k.insee = c.insee
WHERE (:base = 'all' OR (:base = 'directory' AND NOT c.is_demo) OR (:base = 'study' AND c.source = 'study-2018'))
ORDER BY c.folded, c.id;

-- insee_of_territory many
-- in: kind text, code text
-- out: insee text
SELECT insee FROM territory_commune WHERE kind = :kind AND code = :code;

-- The town of a territory where most people live.
-- largest_commune maybe
-- in: kind text, code text
-- out: name text, lat_e5 int, lon_e5 int
SELECT k.name, k.lat_e5, k.lon_e5 FROM territory_commune t JOIN commune k ON k.insee = t.insee
WHERE t.kind = :kind AND t.code = :code AND k.lat_e5 IS NOT NULL AND k.lon_e5 IS NOT NULL
ORDER BY COALESCE(k.population, 0) DESC, k.insee LIMIT 1;

-- Do two territories share a commune?
-- territories_meet one
-- in: kind text, code text, other_kind text, other_code text
-- out: n int
SELECT COUNT(*) FROM territory_commune a JOIN territory_commune b ON b.insee = a.insee
WHERE a.kind = :kind AND a.code = :code AND b.kind = :other_kind AND b.code = :other_code;
