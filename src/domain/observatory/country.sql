-- use observatory/country

-- country_digest maybe
-- out: digest hash
SELECT digest FROM data_file WHERE name = 'communes.csv';

-- country_towns many
-- out: town_row
SELECT c.insee, c.lat_e5, c.lon_e5, c.population, r.zone, c.region, c.departement, c.arrondissement, c.epci
FROM commune c JOIN region r ON r.code = c.region;

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
WHERE :level = 'epci' GROUP BY e.siren, e.name;
