-- use observatory/directory_query

-- Several words must each be somewhere in the name or the town.
-- directory_search many
-- in: word1 text, word2 text, word3 text, kind text, departement text, by text, after text, most int
-- out: directory_row
WITH found AS (
	SELECT c.*, k.name AS town, CASE :by WHEN 'year' THEN -COALESCE(c.year_started, 0) WHEN 'recent' THEN -c.created_at ELSE 0 END AS rank
	FROM community c LEFT JOIN commune k ON k.insee = c.insee
	WHERE c.folded || ' ' || COALESCE(k.folded, '') LIKE '%' || :word1 || '%'
		AND c.folded || ' ' || COALESCE(k.folded, '') LIKE '%' || :word2 || '%'
		AND c.folded || ' ' || COALESCE(k.folded, '') LIKE '%' || :word3 || '%'
		AND (:departement = '' OR ', ' || c.departement || ',' LIKE '%, ' || :departement || ',%')
		AND CASE :kind WHEN '' THEN TRUE WHEN 'cae' THEN c.is_cae WHEN 'place' THEN c.is_place WHEN 'collective' THEN c.is_collective
			WHEN 'network' THEN c.is_network WHEN 'public_body' THEN c.is_public_body WHEN 'company' THEN c.is_company
			ELSE c.is_other END)
SELECT f.id, f.id, f.pub, f.name, f.initials,
	CASE WHEN f.is_place THEN 'place' WHEN f.is_cae THEN 'cae' WHEN f.is_network THEN 'network' WHEN f.is_collective THEN 'collective'
		WHEN f.is_public_body THEN 'public_body' WHEN f.is_company THEN 'company' ELSE 'other' END,
	COALESCE(f.town, f.city_printed), f.departement,
	f.is_place, f.is_cae, f.is_collective, f.is_network, f.is_public_body, f.is_company, f.is_other, f.activities, d.name, f.year_started,
	(SELECT COUNT(*) FROM link l WHERE (l.from_community = f.id OR l.to_community = f.id) AND l.ended IS NULL), NULL
FROM found f LEFT JOIN departement d ON d.code = f.departement
WHERE :after = '' OR (f.rank, f.folded, f.pub) > (SELECT a.rank, a.folded, a.pub FROM found a WHERE a.pub = :after)
ORDER BY f.rank, f.folded, f.pub
LIMIT :most;

-- directory_count one
-- in: word1 text, word2 text, word3 text, kind text, departement text
-- out: n int
SELECT COUNT(*)
FROM community c LEFT JOIN commune k ON k.insee = c.insee
WHERE c.folded || ' ' || COALESCE(k.folded, '') LIKE '%' || :word1 || '%'
	AND c.folded || ' ' || COALESCE(k.folded, '') LIKE '%' || :word2 || '%'
	AND c.folded || ' ' || COALESCE(k.folded, '') LIKE '%' || :word3 || '%'
	AND (:departement = '' OR ', ' || c.departement || ',' LIKE '%, ' || :departement || ',%')
	AND CASE :kind WHEN '' THEN TRUE WHEN 'cae' THEN c.is_cae WHEN 'place' THEN c.is_place WHEN 'collective' THEN c.is_collective
		WHEN 'network' THEN c.is_network WHEN 'public_body' THEN c.is_public_body WHEN 'company' THEN c.is_company
		ELSE c.is_other END;
