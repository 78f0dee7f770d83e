-- use observatory/typologies

-- What the places of a territory are and do, as they say or as the study found.
-- typologies_held many
-- in: kind text, code text
-- out: typology_held
SELECT y.vocabulary, y.code, c.pub
FROM place_territory t JOIN community c ON c.id = t.community JOIN community_typology y ON y.community = c.id
WHERE t.kind = :kind AND t.code = :code AND y.vocabulary IN ('study', 'besson')
UNION ALL
SELECT 'function', c.functions, c.pub
FROM place_territory t JOIN community c ON c.id = t.community
WHERE t.kind = :kind AND t.code = :code AND c.functions <> ''
ORDER BY 1, 3, 2;
