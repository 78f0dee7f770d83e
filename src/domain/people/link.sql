-- use people/community

-- links_of many
-- in: community community_id
-- out: link_row
SELECT l.id, l.pub, l.from_community, l.to_community, l.kind, l.from_confirmed_at, l.to_confirmed_at, l.started, l.ended, l.source,
	c.id, c.pub, c.name, c.initials,
	CASE WHEN c.is_place THEN 'place' WHEN c.is_cae THEN 'cae' WHEN c.is_network THEN 'network' WHEN c.is_collective THEN 'collective'
		WHEN c.is_public_body THEN 'public_body' WHEN c.is_company THEN 'company' ELSE 'other' END,
	COALESCE(k.name, c.city_printed), c.departement,
	l.from_community = :community,
	CASE WHEN l.ended IS NOT NULL THEN 'ended' WHEN l.from_confirmed_at IS NOT NULL AND l.to_confirmed_at IS NOT NULL THEN 'confirmed'
		ELSE 'declared' END,
	CASE WHEN l.from_community = :community THEN l.from_confirmed_at ELSE l.to_confirmed_at END IS NOT NULL,
	CASE WHEN l.from_community = :community THEN l.to_confirmed_at ELSE l.from_confirmed_at END IS NOT NULL
FROM link l
JOIN community c ON c.id = CASE WHEN l.from_community = :community THEN l.to_community ELSE l.from_community END
LEFT JOIN commune k ON k.insee = c.insee
WHERE l.from_community = :community OR l.to_community = :community
ORDER BY l.ended IS NOT NULL, l.kind, c.folded, l.id;

-- link_ends maybe
-- in: pub pubid
-- out: id link_id, from_community community_id, to_community community_id
SELECT id, from_community, to_community FROM link WHERE pub = :pub;

-- link_between maybe
-- in: from_ community_id, to_ community_id, kind link_kind
-- out: id link_id, pub pubid, is_ended bool
SELECT id, pub, ended IS NOT NULL FROM link WHERE from_community = :from_ AND to_community = :to_ AND kind = :kind;

-- Declared of many at once, by nobody's side yet: [pub, from].
-- links_declare exec
-- in: rows json, to_ community_id, kind link_kind, source text
INSERT INTO link (pub, from_community, to_community, kind, source)
SELECT value ->> 0, CAST(value ->> 1 AS BIGINT), CAST(:to_ AS BIGINT), :kind, :source
-- sqlite
FROM json_each(:rows)
-- postgres
FROM jsonb_array_elements(CAST(:rows AS jsonb)) AS t (value)
-- both
WHERE TRUE ON CONFLICT (from_community, to_community, kind) DO NOTHING;

-- link_again exec
-- in: id link_id, from_at instant?, to_at instant?, started day?
UPDATE link SET from_confirmed_at = :from_at, to_confirmed_at = :to_at, started = :started, ended = NULL, source = NULL WHERE id = :id;

-- link_confirm_from exec
-- in: id link_id, now instant
UPDATE link SET from_confirmed_at = :now WHERE id = :id;

-- link_confirm_to exec
-- in: id link_id, now instant
UPDATE link SET to_confirmed_at = :now WHERE id = :id;

-- link_end exec
-- in: id link_id, on_day day
UPDATE link SET ended = :on_day WHERE id = :id AND ended IS NULL;

-- communities_named many
-- in: folded text, except community_id
-- out: community_card
SELECT c.id, c.pub, c.name, c.initials,
	CASE WHEN c.is_place THEN 'place' WHEN c.is_cae THEN 'cae' WHEN c.is_network THEN 'network' WHEN c.is_collective THEN 'collective'
		WHEN c.is_public_body THEN 'public_body' WHEN c.is_company THEN 'company' ELSE 'other' END,
	COALESCE(k.name, c.city_printed), c.departement
FROM community c LEFT JOIN commune k ON k.insee = c.insee
WHERE c.folded LIKE '%' || :folded || '%' AND c.id <> COALESCE(:except, 0)
ORDER BY CASE WHEN c.folded = :folded THEN 0 ELSE 1 END, c.folded, c.id LIMIT 12;
