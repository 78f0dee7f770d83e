-- use people/community
-- use people/membership

-- community_by_id one
-- in: id community_id
-- out: community_row
SELECT c.id, c.pub, c.name, c.initials, c.is_cae, c.is_place, c.is_collective, c.is_network, c.is_public_body, c.is_company, c.is_other,
	c.legal_form, c.legal_note, c.siren, c.siret, c.activities, c.story, c.address, c.insee, k.name, c.city_printed, c.departement,
	c.lat_e5, c.lon_e5, c.year_started, CASE WHEN c.cg_member THEN 1 WHEN NOT c.cg_member THEN 0 END,
	c.website, c.email, c.phone, c.accessibility, c.access, c.functions, c.source, c.is_demo, c.confirmed_at, c.created_at
FROM community c LEFT JOIN commune k ON k.insee = c.insee
WHERE c.id = :id;

-- community_by_pub maybe
-- in: pub pubid
-- out: id community_id
SELECT id FROM community WHERE pub = :pub;

-- The community that another was found to be, by the address it had.
-- community_moved_to maybe
-- in: pub pubid
-- out: id community_id
SELECT community FROM community_moved WHERE pub = :pub;

-- community_card_by_id one
-- in: id community_id
-- out: community_card
SELECT c.id, c.pub, c.name, c.initials,
	CASE WHEN c.is_place THEN 'place' WHEN c.is_cae THEN 'cae' WHEN c.is_network THEN 'network' WHEN c.is_collective THEN 'collective'
		WHEN c.is_public_body THEN 'public_body' WHEN c.is_company THEN 'company' ELSE 'other' END,
	COALESCE(k.name, c.city_printed), c.departement
FROM community c LEFT JOIN commune k ON k.insee = c.insee
WHERE c.id = :id;

-- memberships_of_person many
-- in: person person_id, on_day day
-- out: membership_row
SELECT m.id, m.pub, m.person, m.community, m.status, m.roles, m.visibility, m.shares_use, m.started, m.ended,
	c.id, c.pub, c.name, c.initials,
	CASE WHEN c.is_place THEN 'place' WHEN c.is_cae THEN 'cae' WHEN c.is_network THEN 'network' WHEN c.is_collective THEN 'collective'
		WHEN c.is_public_body THEN 'public_body' WHEN c.is_company THEN 'company' ELSE 'other' END,
	COALESCE(k.name, c.city_printed), c.departement
FROM membership m
JOIN community c ON c.id = m.community
LEFT JOIN commune k ON k.insee = c.insee
WHERE m.person = :person AND m.started <= :on_day AND (m.ended IS NULL OR m.ended >= :on_day)
ORDER BY m.started, m.id;

-- roles_of_person many
-- in: person person_id, community community_id, on_day day
-- out: roles int
SELECT roles FROM membership
WHERE person = :person AND community = :community AND started <= :on_day AND (ended IS NULL OR ended >= :on_day);

-- person_name_by_id maybe
-- in: id person_id
-- out: name text
SELECT name FROM person WHERE id = :id AND erased_at IS NULL;

-- recipients_by_role many
-- in: community community_id, roles int, on_day day
-- out: person person_id, email text, name text, lang text
SELECT DISTINCT p.id, p.email, p.name, p.lang
FROM membership m JOIN person p ON p.id = m.person
WHERE m.community = :community AND (m.roles & :roles) <> 0 AND m.started <= :on_day AND (m.ended IS NULL OR m.ended >= :on_day)
	AND p.erased_at IS NULL AND p.verified_at IS NOT NULL
ORDER BY p.id;

-- recipient_by_id maybe
-- in: id person_id
-- out: person person_id, email text, name text, lang text
SELECT id, email, name, lang FROM person WHERE id = :id AND erased_at IS NULL;

-- operators many
-- out: person person_id, email text, name text, lang text
SELECT id, email, name, lang FROM person WHERE is_operator AND erased_at IS NULL AND verified_at IS NOT NULL ORDER BY id;
