-- use observatory/open_data

-- open_rows many
-- in: only community_id
-- out: open_row
SELECT c.id, c.pub, c.name, c.is_cae, c.is_place, c.is_collective, c.is_network, c.is_public_body, c.is_company, c.is_other,
	c.siren, c.siret, c.activities, c.story, c.address, c.insee, COALESCE(k.name, c.city_printed), k.postal_codes, c.departement,
	COALESCE(c.lat_e5, k.lat_e5), COALESCE(c.lon_e5, k.lon_e5),
	c.lat_e5 IS NOT NULL AND COALESCE(c.lat_e5 <> k.lat_e5 OR c.lon_e5 <> k.lon_e5, TRUE),
	c.year_started, c.website, c.email, c.phone, c.accessibility, COALESCE(p.opening, f.value), c.source, c.created_at, c.confirmed_at,
	(SELECT MAX(s.at) FROM field_source s WHERE s.community = c.id),
	(SELECT MAX(a.at) FROM audit a WHERE a.object_kind = 'community' AND a.object_pub = c.pub
		AND a.action IN ('community.create', 'community.import', 'community.merge', 'community.edit', 'community.profile')),
	(SELECT MAX(i.imported_at) FROM import_key i WHERE i.community = c.id),
	(SELECT MAX(i.said_on) FROM import_key i WHERE i.community = c.id
		AND i.imported_at = (SELECT MAX(j.imported_at) FROM import_key j WHERE j.community = c.id))
FROM community c LEFT JOIN commune k ON k.insee = c.insee LEFT JOIN place p ON p.community = c.id
	LEFT JOIN community_fact f ON f.community = c.id AND f.field = 'opening'
WHERE CAST(:only AS BIGINT) IS NULL OR c.id = :only
ORDER BY c.id;

-- open_codes many
-- in: only community_id
-- out: open_code
SELECT community, CASE vocabulary WHEN 'study' THEN 0 WHEN 'besson' THEN 1 ELSE 2 END, code FROM community_typology
WHERE CAST(:only AS BIGINT) IS NULL OR community = :only
UNION ALL
SELECT community, -1, feature FROM community_feature
WHERE CAST(:only AS BIGINT) IS NULL OR community = :only;

-- open_urls many
-- in: only community_id
-- out: open_url
SELECT community, url FROM community_url WHERE CAST(:only AS BIGINT) IS NULL OR community = :only ORDER BY community, rank;

-- open_facts many
-- in: only community_id
-- out: open_fact
SELECT community, field, value FROM community_fact WHERE CAST(:only AS BIGINT) IS NULL OR community = :only ORDER BY community, field;

-- Memberships that both sides have said.
-- open_memberships many
-- in: only community_id
-- out: open_membership
SELECT l.from_community, t.pub, t.website FROM link l JOIN community t ON t.id = l.to_community
WHERE (CAST(:only AS BIGINT) IS NULL OR l.from_community = :only) AND l.kind = 'member_of' AND l.ended IS NULL
	AND l.from_confirmed_at IS NOT NULL AND l.to_confirmed_at IS NOT NULL
ORDER BY l.from_community, t.id;

-- open_counts one
-- out: communities int, places int, located int
SELECT COUNT(*), COALESCE(SUM(CASE WHEN c.is_place THEN 1 ELSE 0 END), 0),
	COALESCE(SUM(CASE WHEN c.is_place AND c.lat_e5 IS NOT NULL
		AND COALESCE(c.lat_e5 <> k.lat_e5 OR c.lon_e5 <> k.lon_e5, TRUE) THEN 1 ELSE 0 END), 0)
FROM community c LEFT JOIN commune k ON k.insee = c.insee;
