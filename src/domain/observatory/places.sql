-- use observatory/places

-- places_near many
-- in: everywhere bool, south int, north int, west int, east int, limit int
-- out: place_row_near
SELECT c.id, c.pub, c.name, COALESCE(k.name, c.city_printed), c.departement, c.activities,
	COALESCE(c.lat_e5, k.lat_e5), COALESCE(c.lon_e5, k.lon_e5), c.dominant
FROM community c LEFT JOIN commune k ON k.insee = c.insee
WHERE c.is_place AND (:everywhere OR (COALESCE(c.lat_e5, k.lat_e5) BETWEEN :south AND :north
	AND COALESCE(c.lon_e5, k.lon_e5) BETWEEN :west AND :east))
ORDER BY c.folded, c.id LIMIT :limit;
