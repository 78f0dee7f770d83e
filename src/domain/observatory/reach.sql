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
