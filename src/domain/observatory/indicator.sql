-- use observatory/indicator

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
