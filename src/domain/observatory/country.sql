-- use observatory/country

-- country_digest maybe
-- out: digest hash, zonings int
SELECT digest, (SELECT COALESCE(MAX(id), 0) FROM zoning_commune) FROM data_file WHERE name = 'communes.csv';

-- country_towns many
-- out: town_row
SELECT c.insee, c.lat_e5, c.lon_e5, c.population, r.zone, c.region, c.departement, c.arrondissement, c.epci, z.zone
FROM commune c JOIN region r ON r.code = c.region
LEFT JOIN zoning_commune z ON z.insee = c.insee AND z.zoning = (SELECT MAX(key) FROM zoning);

-- country_areas many
-- in: level area_level
-- out: area_row
SELECT code, name, '', zone FROM region WHERE :level = 'region'
UNION ALL
SELECT code, name, region, zone FROM departement WHERE :level = 'departement'
UNION ALL
SELECT a.code, a.name, d.region, d.zone FROM arrondissement a JOIN departement d ON d.code = a.departement WHERE :level = 'arrondissement'
UNION ALL
SELECT e.siren, e.name, COALESCE(MIN(c.region), ''), COALESCE(MIN(r.zone), 'metro')
FROM epci e LEFT JOIN commune c ON c.epci = e.siren LEFT JOIN region r ON r.code = c.region
WHERE :level = 'epci' GROUP BY e.siren, e.name
UNION ALL
SELECT code, label, '', 'metro' FROM zoning_zone WHERE :level = 'zone' AND zoning = (SELECT MAX(key) FROM zoning);
