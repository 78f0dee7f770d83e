-- use observatory/map

-- map_towns_all many
-- out: town_dot
SELECT name, population, lat_e5, lon_e5 FROM commune
WHERE lat_e5 IS NOT NULL AND lon_e5 IS NOT NULL AND population IS NOT NULL ORDER BY insee;

-- Those of the index commune_large, in its order, read from it alone.
-- map_towns_large many
-- out: town_dot
SELECT name, population, lat_e5, lon_e5 FROM commune
WHERE lat_e5 IS NOT NULL AND lon_e5 IS NOT NULL AND population >= 5000 ORDER BY population DESC, insee;

-- map_counties_all many
-- out: county_name
SELECT code, name FROM departement ORDER BY code;
