-- use territory/commune

-- commune_card_of maybe
-- in: insee text
-- out: commune_card
SELECT c.insee, c.name, NULL, c.postal_codes, c.departement, d.name, r.name, c.population, c.lat_e5, c.lon_e5
FROM commune c
JOIN departement d ON d.code = c.departement
JOIN region r ON r.code = c.region
WHERE c.insee = :insee;

-- commune_row_of maybe
-- in: insee text
-- out: commune_row
SELECT c.insee, c.name, c.postal_codes, c.departement, d.name, c.region, r.name, c.arrondissement, a.name, c.epci, e.name,
	c.population, c.lat_e5, c.lon_e5
FROM commune c
JOIN departement d ON d.code = c.departement
JOIN region r ON r.code = c.region
LEFT JOIN arrondissement a ON a.code = c.arrondissement
LEFT JOIN epci e ON e.siren = c.epci
WHERE c.insee = :insee;

-- commune_of_alias maybe
-- in: code text
-- out: insee text
SELECT insee FROM commune_alias WHERE code = :code;

-- The old or part name of a commune that ends as the key says.
-- commune_alias_of maybe
-- in: insee text, key text
-- out: name text
SELECT MIN(name) FROM commune_alias WHERE insee = :insee AND (folded = :key OR folded LIKE '% ' || :key) HAVING COUNT(*) > 0;

-- What it was called before, when that ends as the key says.
-- commune_renamed_of maybe
-- in: insee text, key text
-- out: name text
SELECT MIN(name) FROM commune_renamed WHERE insee = :insee AND (folded = :key OR folded LIKE '% ' || :key) HAVING COUNT(*) > 0;

-- The arrondissement of that INSEE code.
-- commune_alias_name maybe
-- in: code text
-- out: name text
SELECT name FROM commune_alias WHERE code = :code;

-- By the beginning of a postal code or of an INSEE code.
-- commune_found_by_code many
-- in: code text, beyond text, most int
-- out: commune_card
SELECT c.insee, c.name, NULL, c.postal_codes, c.departement, d.name, r.name, c.population, c.lat_e5, c.lon_e5
FROM commune c
JOIN departement d ON d.code = c.departement
JOIN region r ON r.code = c.region
WHERE c.insee IN (SELECT insee FROM commune_key WHERE kind = 'postal' AND key >= :code AND key < :beyond
	UNION SELECT insee FROM commune WHERE insee >= :code AND insee < :beyond)
ORDER BY COALESCE(c.population, 0) DESC, c.insee
LIMIT :most;

-- commune_names_of_departement many
-- in: departement text
-- out: commune_name
SELECT insee, folded FROM commune WHERE departement = :departement;

-- commune_aliases_of_departement many
-- in: departement text
-- out: commune_name
SELECT a.insee, a.folded FROM commune_alias a JOIN commune c ON c.insee = a.insee WHERE c.departement = :departement
UNION
SELECT a.insee, a.folded FROM commune_renamed a JOIN commune c ON c.insee = a.insee WHERE c.departement = :departement;

-- Those of that name and that postal code; "" stands for any, not both.
-- communes_signed many
-- in: name text, postal text
-- out: commune_card
SELECT c.insee, c.name, NULL, c.postal_codes, c.departement, d.name, r.name, c.population, c.lat_e5, c.lon_e5
FROM commune c
JOIN departement d ON d.code = c.departement
JOIN region r ON r.code = c.region
WHERE (:name = '' OR c.insee IN (SELECT insee FROM commune_key WHERE key = :name AND kind = 'name'))
	AND (:postal = '' OR c.insee IN (SELECT insee FROM commune_key WHERE key = :postal AND kind = 'postal'))
ORDER BY c.insee LIMIT 100;

-- commune_named many
-- in: folded text
-- out: insee text
SELECT insee FROM commune_key WHERE key = :folded AND kind = 'name';
