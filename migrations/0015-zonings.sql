-- slice: territory
-- Zonings that the operator loads, INSEE's employment zones first of all.
CREATE TABLE zoning (
	id @id,
	key @text UNIQUE,		-- ze2020
	digest @hash,			-- of its rows, in their order
	loaded_at @instant
);

CREATE TABLE zoning_zone (
	id @id,
	zoning @text REFERENCES zoning (key),
	code @text,
	label @text,
	UNIQUE (zoning, code)
);

CREATE TABLE zoning_commune (
	id @id,
	zoning @text REFERENCES zoning (key),
	insee @text REFERENCES commune (insee),
	zone @text,
	UNIQUE (zoning, insee)
);
CREATE INDEX zoning_commune_zone ON zoning_commune (zoning, zone);
CREATE INDEX commune_region ON commune (region);
CREATE INDEX commune_epci ON commune (epci);
CREATE INDEX commune_arrondissement ON commune (arrondissement);

-- Which territories a commune is part of. A zone is known by its zoning and its code.
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
SELECT 'zone', z.zoning || ':' || z.zone, k.insee, k.population, k.epci FROM zoning_commune z JOIN commune k ON k.insee = z.insee;

-- What they are called; a country is named by the interface.
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
SELECT 'zone', zoning || ':' || code, label FROM zoning_zone;
