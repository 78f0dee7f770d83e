-- use observatory/open_data

-- The last of the next so many; none is left when it is absent.
-- open_end one
-- in: after int, most int
-- out: id int?
SELECT MAX(n.id) FROM (SELECT id FROM community WHERE id > :after ORDER BY id LIMIT :most) n;

-- Changes are gathered once for all of them: asked one by one, the view would be gone through for each.
-- open_rows many
-- in: after int, last int
-- out: open_row
WITH changed AS (SELECT community, MAX(at) AS at FROM published_change WHERE community > :after AND community <= :last
	GROUP BY community)
SELECT c.id, c.pub, c.name, c.is_cae, c.is_place, c.is_collective, c.is_network, c.is_public_body, c.is_company, c.is_other,
	c.siren, c.siret, c.activities, c.story, c.address, c.insee, COALESCE(k.name, c.city_printed), k.postal_codes, c.departement,
	COALESCE(c.lat_e5, k.lat_e5), COALESCE(c.lon_e5, k.lon_e5),
	c.lat_e5 IS NOT NULL AND COALESCE(c.lat_e5 <> k.lat_e5 OR c.lon_e5 <> k.lon_e5, TRUE),
	c.year_started, (SELECT MIN(x.year) FROM community_step x WHERE x.community = c.id AND x.kind = 'closed'), c.website, c.email, c.phone, c.accessibility, COALESCE(p.opening, f.value), c.source, c.created_at, c.confirmed_at,
	t.at,
	(SELECT MAX(i.imported_at) FROM import_key i WHERE i.community = c.id),
	(SELECT MAX(i.said_on) FROM import_key i WHERE i.community = c.id
		AND i.imported_at = (SELECT MAX(j.imported_at) FROM import_key j WHERE j.community = c.id))
FROM community c LEFT JOIN commune k ON k.insee = c.insee LEFT JOIN place p ON p.community = c.id
	LEFT JOIN changed t ON t.community = c.id
	LEFT JOIN community_fact f ON f.community = c.id AND f.field = 'opening'
WHERE c.id > :after AND c.id <= :last ORDER BY c.id;

-- open_codes many
-- in: after int, last int
-- out: open_code
SELECT community, CASE vocabulary WHEN 'study' THEN 0 WHEN 'besson' THEN 1 ELSE 2 END, code FROM community_typology
WHERE community > :after AND community <= :last
UNION ALL
SELECT community, -1, feature FROM community_feature
WHERE community > :after AND community <= :last;

-- open_urls many
-- in: after int, last int
-- out: open_url
SELECT community, url FROM community_url WHERE community > :after AND community <= :last ORDER BY community, rank;

-- open_facts many
-- in: after int, last int
-- out: open_fact
SELECT community, field, value FROM community_fact WHERE community > :after AND community <= :last ORDER BY community, field;

-- Memberships that both sides have said.
-- open_memberships many
-- in: after int, last int
-- out: open_membership
SELECT l.from_community, t.pub, t.website FROM link l JOIN community t ON t.id = l.to_community
WHERE l.from_community > :after AND l.from_community <= :last AND l.kind = 'member_of' AND l.ended IS NULL
	AND l.from_confirmed_at IS NOT NULL AND l.to_confirmed_at IS NOT NULL
ORDER BY l.from_community, t.id;

-- open_sources many
-- in: after int, last int
-- out: open_source
SELECT s.community, c.pub, s.field, s.source, s.said, s.at FROM field_source s JOIN community c ON c.id = s.community
WHERE s.community > :after AND s.community <= :last ORDER BY s.community, s.field, s.source;

-- open_figures many
-- in: after int, last int
-- out: open_figure
SELECT f.community, c.pub, f.kind, f.year, f.value, f.note FROM community_figure f JOIN community c ON c.id = f.community
WHERE f.community > :after AND f.community <= :last ORDER BY f.community, f.kind, f.year DESC NULLS LAST, f.id;

-- Those that go on, and that one side at least has said.
-- open_links many
-- in: after int, last int
-- out: open_link
SELECT l.from_community, f.pub, t.pub, l.kind, l.from_confirmed_at IS NOT NULL, l.to_confirmed_at IS NOT NULL, l.started
FROM link l JOIN community f ON f.id = l.from_community JOIN community t ON t.id = l.to_community
WHERE l.from_community > :after AND l.from_community <= :last AND l.ended IS NULL
	AND (l.from_confirmed_at IS NOT NULL OR l.to_confirmed_at IS NOT NULL)
ORDER BY l.from_community, l.kind, l.id;

-- Of the day and of the days to come.
-- open_prices many
-- in: after int, last int, on_day day
-- out: open_price
SELECT s.community, c.pub, s.pub, s.name, s.kind, s.capacity, t.audience, t.unit, t.price, t.from_day, t.to_day
FROM space s JOIN community c ON c.id = s.community JOIN tariff t ON t.community = s.community AND t.space_kind = s.kind
WHERE NOT EXISTS (SELECT 1 FROM community_step x WHERE x.community = s.community AND x.kind = 'closed')
	AND s.community > :after AND s.community <= :last AND s.archived_at IS NULL AND (t.to_day IS NULL OR t.to_day >= :on_day)
ORDER BY s.community, s.rank, s.id, t.audience, t.unit, t.from_day, t.id;

-- Without their points, which are under several licences.
-- open_communes many
-- in: after text, most int
-- out: open_commune
SELECT insee, name, postal_codes, population, departement, region, epci FROM commune WHERE insee > :after ORDER BY insee LIMIT :most;

-- open_counts one
-- in: on_day day
-- out: communities int, places int, located int, sources int, figures int, links int, prices int, communes int
SELECT COUNT(*), COALESCE(SUM(CASE WHEN c.is_place AND x.year IS NULL THEN 1 ELSE 0 END), 0),
	COALESCE(SUM(CASE WHEN c.is_place AND x.year IS NULL AND c.lat_e5 IS NOT NULL
		AND COALESCE(c.lat_e5 <> k.lat_e5 OR c.lon_e5 <> k.lon_e5, TRUE) THEN 1 ELSE 0 END), 0),
	(SELECT COUNT(*) FROM field_source), (SELECT COUNT(*) FROM community_figure),
	(SELECT COUNT(*) FROM link l WHERE l.ended IS NULL AND (l.from_confirmed_at IS NOT NULL OR l.to_confirmed_at IS NOT NULL)),
	(SELECT COUNT(*) FROM space s JOIN tariff t ON t.community = s.community AND t.space_kind = s.kind
		WHERE s.archived_at IS NULL AND NOT EXISTS (SELECT 1 FROM community_step x WHERE x.community = s.community AND x.kind = 'closed')
			AND (t.to_day IS NULL OR t.to_day >= :on_day)),
	(SELECT COUNT(*) FROM commune)
FROM community c LEFT JOIN commune k ON k.insee = c.insee
	LEFT JOIN (SELECT community, MIN(year) AS year FROM community_step WHERE kind = 'closed' GROUP BY community) x ON x.community = c.id;

-- The last change: of all, of places, of what sources said.
-- open_dates one
-- out: communities instant?, places instant?, sources instant?
SELECT MAX(t.at), MAX(CASE WHEN c.is_place THEN t.at END), (SELECT MAX(s.at) FROM field_source s)
FROM published_change t JOIN community c ON c.id = t.community;

-- What came from files, and under which licence.
-- open_origins many
-- out: data_origin
SELECT label, MAX(licence), MAX(ended_at) FROM import_run WHERE state = 'done' GROUP BY label ORDER BY label;
