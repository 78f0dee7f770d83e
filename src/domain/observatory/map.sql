-- use observatory/map

-- map_towns_in many
-- in: south int, north int, west int, east int, limit int
-- out: town_dot
SELECT name, population, lat_e5, lon_e5 FROM commune
WHERE lat_e5 BETWEEN :south AND :north AND lon_e5 BETWEEN :west AND :east AND population IS NOT NULL
ORDER BY population DESC, insee LIMIT :limit;

-- map_counties_all many
-- out: county_name
SELECT code, name FROM departement ORDER BY code;
