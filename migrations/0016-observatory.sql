-- slice: observatory
-- What a source printed, cell by cell, beside which the program shows what it
-- counts itself.
CREATE TABLE printed_fact (
	id @id,
	source @text,			-- study-2018, insee
	sheet @text,			-- national, region, zone_band, key, population
	line @text,			-- the row's name, as printed
	figure @text,			-- the column's
	printed @text,			-- as printed
	milli @int,			-- thousandths
	year @int,			-- what it is of
	UNIQUE (source, sheet, line, figure, year)
);
CREATE INDEX printed_fact_sheet ON printed_fact (sheet, id);

-- Which territories a place lies in: those of its commune; failing a commune,
-- those of its départements.
CREATE VIEW place_territory AS
SELECT c.id AS community, 'country' AS kind, 'FR' AS code FROM community c WHERE c.is_place
UNION ALL
SELECT c.id, 'country', 'METRO' FROM community c JOIN commune k ON k.insee = c.insee JOIN region r ON r.code = k.region
WHERE c.is_place AND r.zone = 'metro'
UNION ALL
SELECT c.id, 'region', k.region FROM community c JOIN commune k ON k.insee = c.insee WHERE c.is_place
UNION ALL
SELECT c.id, 'departement', k.departement FROM community c JOIN commune k ON k.insee = c.insee WHERE c.is_place
UNION ALL
SELECT c.id, 'epci', k.epci FROM community c JOIN commune k ON k.insee = c.insee WHERE c.is_place AND k.epci IS NOT NULL
UNION ALL
SELECT c.id, 'arrondissement', k.arrondissement FROM community c JOIN commune k ON k.insee = c.insee
WHERE c.is_place AND k.arrondissement IS NOT NULL
UNION ALL
SELECT c.id, 'zone', z.zoning || ':' || z.zone FROM community c JOIN zoning_commune z ON z.insee = c.insee WHERE c.is_place
UNION ALL
SELECT c.id, 'departement', d.code
FROM community c JOIN departement d ON ', ' || c.departement || ',' LIKE '%, ' || d.code || ',%'
WHERE c.is_place AND c.insee IS NULL
UNION ALL
SELECT DISTINCT c.id, 'region', d.region
FROM community c JOIN departement d ON ', ' || c.departement || ',' LIKE '%, ' || d.code || ',%'
WHERE c.is_place AND c.insee IS NULL
UNION ALL
SELECT DISTINCT c.id, 'country', 'METRO'
FROM community c JOIN departement d ON ', ' || c.departement || ',' LIKE '%, ' || d.code || ',%'
WHERE c.is_place AND c.insee IS NULL AND d.zone = 'metro';
