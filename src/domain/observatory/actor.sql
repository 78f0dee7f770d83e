-- use observatory/actor

-- actor_by_pub maybe
-- in: pub pubid
-- out: actor_row
SELECT a.id, a.pub, a.steward, s.name, a.name, a.kind, c.pub, a.level, a.territory,
	CASE a.level WHEN 'region' THEN (SELECT name FROM region WHERE code = a.territory)
		WHEN 'departement' THEN (SELECT name FROM departement WHERE code = a.territory)
		WHEN 'epci' THEN (SELECT name FROM epci WHERE siren = a.territory)
		WHEN 'commune' THEN (SELECT name FROM commune WHERE insee = a.territory) END,
	a.intention, a.offer, a.helps, a.priority, a.website, a.source, a.updated_at
FROM actor a LEFT JOIN community c ON c.id = a.community LEFT JOIN community s ON s.id = a.steward
WHERE a.pub = :pub;

-- Those who act where a commune lies ("" for anywhere), nearest ground first within a priority.
-- actors_found many
-- in: folded text, kind text, priority text, insee text, epci text, departement text, region text
-- out: actor_row
SELECT a.id, a.pub, a.steward, s.name, a.name, a.kind, c.pub, a.level, a.territory,
	CASE a.level WHEN 'region' THEN (SELECT name FROM region WHERE code = a.territory)
		WHEN 'departement' THEN (SELECT name FROM departement WHERE code = a.territory)
		WHEN 'epci' THEN (SELECT name FROM epci WHERE siren = a.territory)
		WHEN 'commune' THEN (SELECT name FROM commune WHERE insee = a.territory) END,
	a.intention, a.offer, a.helps, a.priority, a.website, a.source, a.updated_at
FROM actor a LEFT JOIN community c ON c.id = a.community LEFT JOIN community s ON s.id = a.steward
WHERE (:folded = '' OR a.folded LIKE '%' || :folded || '%')
	AND (:kind = '' OR a.kind = :kind) AND (:priority = '' OR a.priority = :priority)
	AND (:insee = '' OR a.level = 'country' OR (a.level = 'region' AND a.territory = :region)
		OR (a.level = 'departement' AND a.territory = :departement) OR (a.level = 'epci' AND a.territory = :epci)
		OR (a.level = 'commune' AND a.territory = :insee))
ORDER BY CASE a.priority WHEN 'high' THEN 0 WHEN 'medium' THEN 1 ELSE 2 END,
	CASE a.level WHEN 'commune' THEN 0 WHEN 'epci' THEN 1 WHEN 'departement' THEN 2 WHEN 'region' THEN 3 ELSE 4 END, a.folded, a.pub
LIMIT 500;

-- Networks, public bodies and cooperatives of the directory in a département: they act there too.
-- actors_around many
-- in: departement text
-- out: community_card
SELECT c.id, c.pub, c.name, c.initials,
	CASE WHEN c.is_place THEN 'place' WHEN c.is_cae THEN 'cae' WHEN c.is_network THEN 'network' WHEN c.is_collective THEN 'collective'
		WHEN c.is_public_body THEN 'public_body' WHEN c.is_company THEN 'company' ELSE 'other' END,
	COALESCE(k.name, c.city_printed), c.departement
FROM community c LEFT JOIN commune k ON k.insee = c.insee
WHERE (c.is_network OR c.is_public_body OR c.is_cae) AND ', ' || c.departement || ',' LIKE '%, ' || :departement || ',%'
ORDER BY c.is_network DESC, c.is_public_body DESC, c.folded, c.id LIMIT 12;

-- place_codes_of maybe
-- in: insee text
-- out: place_codes
SELECT insee, epci, departement, region FROM commune WHERE insee = :insee;

-- territory_known one
-- in: level actor_level, code text
-- out: n int
SELECT CASE :level WHEN 'region' THEN (SELECT COUNT(*) FROM region WHERE code = :code)
	WHEN 'departement' THEN (SELECT COUNT(*) FROM departement WHERE code = :code)
	WHEN 'epci' THEN (SELECT COUNT(*) FROM epci WHERE siren = :code)
	WHEN 'commune' THEN (SELECT COUNT(*) FROM commune WHERE insee = :code) ELSE 1 END;

-- actor_insert exec
-- in: pub pubid, steward community_id, name text, folded text, kind actor_kind, community community_id?, level actor_level, territory text, intention text, offer text?, helps text, priority actor_priority, website text?, now instant
INSERT INTO actor (pub, steward, name, folded, kind, community, level, territory, intention, offer, helps, priority, website, created_at, updated_at)
VALUES (:pub, :steward, :name, :folded, :kind, :community, :level, :territory, :intention, :offer, :helps, :priority, :website, :now, :now);

-- actor_update exec
-- in: id actor_id, name text, folded text, kind actor_kind, community community_id?, level actor_level, territory text, intention text, offer text?, helps text, priority actor_priority, website text?, now instant
UPDATE actor SET name = :name, folded = :folded, kind = :kind, community = :community, level = :level, territory = :territory,
	intention = :intention, offer = :offer, helps = :helps, priority = :priority, website = :website, updated_at = :now
WHERE id = :id;

-- actor_delete exec
-- in: id actor_id
DELETE FROM actor WHERE id = :id;

-- actor_ship exec
-- in: pub pubid, key text, name text, folded text, kind text, level text, territory text, intention text, offer text?, helps text, priority text, now instant
INSERT INTO actor (pub, name, folded, kind, level, territory, intention, offer, helps, priority, source, source_key, created_at, updated_at)
VALUES (:pub, :name, :folded, :kind, :level, :territory, :intention, :offer, :helps, :priority, 'study-2018', :key, :now, :now)
ON CONFLICT (source_key) DO UPDATE SET name = excluded.name, folded = excluded.folded, kind = excluded.kind, level = excluded.level,
	territory = excluded.territory, intention = excluded.intention, offer = excluded.offer, helps = excluded.helps,
	priority = excluded.priority, updated_at = excluded.updated_at;
