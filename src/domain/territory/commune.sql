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

-- Keys in [text, beyond) begin with what was typed; those in [word, after_word)
-- also end a word there. How well: 1 the name, 2 the beginning of one, 3 a word
-- inside a name, 4 an old name. Then people, a name found whole counting for ten
-- times its own: Aix-en-Provence comes before Aix.
-- commune_found_by_name many
-- in: text text, beyond text, word text, after_word text, most int
-- out: commune_card
SELECT c.insee, c.name,
	CASE WHEN k.tier = 4 THEN (SELECT MIN(a.name) FROM commune_alias a
		WHERE a.insee = c.insee AND a.folded >= :text AND a.folded < :beyond) END,
	c.postal_codes, c.departement, d.name, r.name, c.population, c.lat_e5, c.lon_e5
FROM (SELECT insee, MAX(weight * CASE WHEN key = :text THEN 10 ELSE 1 END) AS score, MIN(CASE
		WHEN kind = 'name' AND (key = :text OR (key >= :word AND key < :after_word)) THEN 1
		WHEN kind = 'name' THEN 2
		WHEN kind = 'word' THEN 3
		ELSE 4 END) AS tier
	FROM commune_key WHERE key >= :text AND key < :beyond
	GROUP BY insee
	ORDER BY tier, score DESC, insee
	LIMIT :most) k
JOIN commune c ON c.insee = k.insee
JOIN departement d ON d.code = c.departement
JOIN region r ON r.code = c.region
ORDER BY k.tier, k.score DESC, k.insee;

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
SELECT a.insee, a.folded FROM commune_alias a JOIN commune c ON c.insee = a.insee WHERE c.departement = :departement;

-- commune_named many
-- in: folded text
-- out: insee text
SELECT insee FROM commune_key WHERE key = :folded AND kind = 'name';
