-- use people/membership

-- my_memberships many
-- in: person person_id
-- out: membership_row
SELECT m.id, m.pub, m.person, m.community, m.status, m.roles, m.visibility, m.shares_use, m.started, m.ended,
	c.id, c.pub, c.name, c.initials,
	CASE WHEN c.is_place THEN 'place' WHEN c.is_cae THEN 'cae' WHEN c.is_network THEN 'network' WHEN c.is_collective THEN 'collective'
		WHEN c.is_public_body THEN 'public_body' WHEN c.is_company THEN 'company' ELSE 'other' END,
	COALESCE(k.name, c.city_printed), c.departement
FROM membership m
JOIN community c ON c.id = m.community
LEFT JOIN commune k ON k.insee = c.insee
WHERE m.person = :person
ORDER BY m.started, m.id;

-- my_membership_set exec
-- in: id membership_id, visibility visibility, shares_use bool
UPDATE membership SET visibility = :visibility, shares_use = :shares_use WHERE id = :id;

-- my_membership_end exec
-- in: id membership_id, last_day day
UPDATE membership SET ended = :last_day, shares_use = FALSE WHERE id = :id;

-- my_membership_history exec
-- in: membership membership_id, status membership_status, at instant, by_person int
INSERT INTO membership_history (membership, status, roles, at, by_person) VALUES (:membership, :status, 0, :at, :by_person);

-- other_managers one
-- in: community community_id, person person_id, role int, today day
-- out: n int
SELECT COUNT(*) FROM membership
WHERE community = :community AND person <> :person AND (roles & :role) <> 0 AND started <= :today AND (ended IS NULL OR ended >= :today);
