-- slice: territory
-- A commune is a territory too.
DROP VIEW place_territory;
DROP VIEW territory_commune;
DROP VIEW territory_name;

CREATE VIEW territory_commune AS
SELECT 'country' AS kind, 'FR' AS code, insee, population, epci FROM commune
UNION ALL
SELECT 'country', 'METRO', k.insee, k.population, k.epci FROM commune k JOIN region r ON r.code = k.region WHERE r.zone = 'metro'
UNION ALL
SELECT 'region', region, insee, population, epci FROM commune
UNION ALL
SELECT 'departement', departement, insee, population, epci FROM commune
UNION ALL
SELECT 'epci', epci, insee, population, epci FROM commune WHERE epci IS NOT NULL
UNION ALL
SELECT 'arrondissement', arrondissement, insee, population, epci FROM commune WHERE arrondissement IS NOT NULL
UNION ALL
SELECT 'zone', z.zoning || ':' || z.zone, k.insee, k.population, k.epci FROM zoning_commune z JOIN commune k ON k.insee = z.insee
UNION ALL
SELECT 'commune', insee, insee, population, epci FROM commune;

CREATE VIEW territory_name AS
SELECT 'country' AS kind, 'FR' AS code, 'France' AS name
UNION ALL
SELECT 'country', 'METRO', 'France'
UNION ALL
SELECT 'region', code, name FROM region
UNION ALL
SELECT 'departement', code, name FROM departement
UNION ALL
SELECT 'epci', siren, name FROM epci
UNION ALL
SELECT 'arrondissement', code, name FROM arrondissement
UNION ALL
SELECT 'zone', zoning || ':' || code, label FROM zoning_zone
UNION ALL
SELECT 'commune', insee, name FROM commune;

-- slice: observatory
CREATE VIEW place_territory AS
SELECT c.id AS community, 'country' AS kind, 'FR' AS code FROM place_ever c
UNION ALL
SELECT c.id, 'country', 'METRO' FROM place_ever c JOIN commune k ON k.insee = c.insee JOIN region r ON r.code = k.region
WHERE r.zone = 'metro'
UNION ALL
SELECT c.id, 'region', k.region FROM place_ever c JOIN commune k ON k.insee = c.insee
UNION ALL
SELECT c.id, 'departement', k.departement FROM place_ever c JOIN commune k ON k.insee = c.insee
UNION ALL
SELECT c.id, 'epci', k.epci FROM place_ever c JOIN commune k ON k.insee = c.insee WHERE k.epci IS NOT NULL
UNION ALL
SELECT c.id, 'arrondissement', k.arrondissement FROM place_ever c JOIN commune k ON k.insee = c.insee
WHERE k.arrondissement IS NOT NULL
UNION ALL
SELECT c.id, 'zone', z.zoning || ':' || z.zone FROM place_ever c JOIN zoning_commune z ON z.insee = c.insee
UNION ALL
SELECT c.id, 'commune', c.insee FROM place_ever c WHERE c.insee IS NOT NULL
UNION ALL
SELECT c.id, 'departement', d.code
FROM place_ever c JOIN departement d ON ', ' || c.departement || ',' LIKE '%, ' || d.code || ',%'
WHERE c.insee IS NULL
UNION ALL
SELECT DISTINCT c.id, 'region', d.region
FROM place_ever c JOIN departement d ON ', ' || c.departement || ',' LIKE '%, ' || d.code || ',%'
WHERE c.insee IS NULL
UNION ALL
SELECT DISTINCT c.id, 'country', 'METRO'
FROM place_ever c JOIN departement d ON ', ' || c.departement || ',' LIKE '%, ' || d.code || ',%'
WHERE c.insee IS NULL AND d.zone = 'metro';
