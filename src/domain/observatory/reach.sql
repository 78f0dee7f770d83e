-- use observatory/reach

-- place_spots many
-- in: base place_base
-- out: place_spot
SELECT c.pub, c.name, COALESCE(k.name, c.city_printed), c.departement, COALESCE(c.lat_e5, k.lat_e5), COALESCE(c.lon_e5, k.lon_e5)
FROM community c LEFT JOIN commune k ON k.insee = c.insee
WHERE c.is_place AND COALESCE(c.lat_e5, k.lat_e5) IS NOT NULL AND COALESCE(c.lon_e5, k.lon_e5) IS NOT NULL
	AND (:base = 'all' OR (:base = 'directory' AND NOT c.is_demo) OR (:base = 'study' AND c.source = 'study-2018'))
ORDER BY c.folded, c.id;

-- places_unplaced one
-- in: base place_base
-- out: n int
SELECT COUNT(*) FROM community c LEFT JOIN commune k ON k.insee = c.insee
WHERE c.is_place AND (COALESCE(c.lat_e5, k.lat_e5) IS NULL OR COALESCE(c.lon_e5, k.lon_e5) IS NULL)
	AND (:base = 'all' OR (:base = 'directory' AND NOT c.is_demo) OR (:base = 'study' AND c.source = 'study-2018'));
