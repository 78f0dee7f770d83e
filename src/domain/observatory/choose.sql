-- use observatory/choose

-- territory_names many
-- out: kind territory_kind, code text, name text
SELECT kind, code, name FROM territory_name WHERE kind NOT IN ('country', 'commune') ORDER BY kind, code;

-- territories_of_commune many
-- in: insee text
-- out: kind territory_kind, code text, name text
SELECT t.kind, t.code, n.name FROM territory_commune t JOIN territory_name n ON n.kind = t.kind AND n.code = t.code
WHERE t.insee = :insee AND t.kind <> 'country'
ORDER BY CASE t.kind WHEN 'commune' THEN -1 WHEN 'epci' THEN 0 WHEN 'arrondissement' THEN 1 WHEN 'zone' THEN 2 WHEN 'departement' THEN 3 ELSE 4 END, t.code;
