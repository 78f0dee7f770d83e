-- use observatory/indicator

-- The places of a territory, each with what indicators look at. The study's
-- revenue bears no year and is what its own inventory is counted on; elsewhere
-- the latest year that is known.
-- indicator_places many
-- in: kind text, code text, source text
-- out: place_fact
SELECT c.pub, c.name, COALESCE(k.name, c.city_printed), COALESCE(k.departement, c.departement),
	(SELECT MIN(r.name) FROM place_territory g JOIN region r ON r.code = g.code WHERE g.community = c.id AND g.kind = 'region'),
	c.year_started,
	(SELECT f.value FROM community_figure f WHERE f.community = c.id AND f.kind = 'revenue_keur' AND f.value IS NOT NULL
		ORDER BY CASE WHEN :source <> '' AND f.year IS NULL THEN 0 ELSE 1 END, f.year DESC NULLS LAST, f.id DESC LIMIT 1),
	c.legal_form, c.legal_note, c.is_cae,
	(SELECT COUNT(*) FROM link l WHERE l.kind = 'linked_cae' AND l.ended IS NULL
		AND (l.from_community = c.id OR l.to_community = c.id)),
	k.insee IS NOT NULL, c.folded, k.folded
FROM place_territory t
JOIN community c ON c.id = t.community
LEFT JOIN commune k ON k.insee = c.insee
WHERE t.kind = :kind AND t.code = :code AND (:source = '' OR c.source = :source)
ORDER BY c.folded, c.id;

-- indicator_source_known one
-- in: source text
-- out: n int
SELECT COUNT(*) FROM community WHERE is_place AND source = :source;

-- territory_named maybe
-- in: kind text, code text
-- out: name text
SELECT name FROM territory_name WHERE kind = :kind AND code = :code;

-- territory_regions many
-- out: territory_option
SELECT code, name FROM region ORDER BY CASE zone WHEN 'metro' THEN 0 WHEN 'drom' THEN 1 ELSE 2 END, name;

-- printed_names many
-- in: source text
-- out: printed_name
SELECT c.pub, c.name, c.name_printed, k.name, c.city_printed, r.name, c.region_printed, c.departement, k.insee IS NOT NULL
FROM community c
LEFT JOIN commune k ON k.insee = c.insee
LEFT JOIN region r ON r.code = k.region
WHERE c.source = :source
ORDER BY c.folded, c.id;
