-- use observatory/catalogue

-- Moved by triggers on the tables that the others of this file read.
-- catalogue_version one
-- out: n int
SELECT SUM(n) FROM catalogue_state;

-- Who folds the lines of transactions into one waits for whoever does so already.
-- catalogue_fold_begin maybe
-- out: n int
SELECT n FROM catalogue_state WHERE id = 1
-- sqlite
;
-- postgres
FOR UPDATE;
-- both

-- Lines that others have not committed are not seen, and stay; the sum is the same before and after.
-- catalogue_fold_lines exec
-- sqlite
UPDATE catalogue_state SET n = n WHERE id IS NULL;
-- postgres
WITH gone AS (DELETE FROM catalogue_state WHERE tx IS NOT NULL RETURNING n)
UPDATE catalogue_state SET n = n + (SELECT COALESCE(SUM(n), 0) FROM gone) WHERE id = 1;
-- both

-- catalogue_communities many
-- out: catalogue_row
SELECT c.id, c.pub, c.name, c.folded, c.initials,
	c.is_place, c.is_cae, c.is_collective, c.is_network, c.is_public_body, c.is_company, c.is_other,
	c.legal_form, c.dominant, c.activities, COALESCE(k.name, c.city_printed), c.departement, k.departement, k.region, k.epci, CASE WHEN c.cg_member THEN 1 WHEN NOT c.cg_member THEN 0 END,
	COALESCE(c.lat_e5, k.lat_e5), COALESCE(c.lon_e5, k.lon_e5), c.year_started, c.created_at, c.confirmed_at,
	EXISTS (SELECT 1 FROM link l WHERE l.from_community = c.id AND l.kind = 'linked_cae' AND l.ended IS NULL)
		OR EXISTS (SELECT 1 FROM link l WHERE l.to_community = c.id AND l.kind = 'linked_cae' AND l.ended IS NULL),
	(SELECT COUNT(*) FROM link l WHERE l.from_community = c.id AND l.ended IS NULL)
		+ (SELECT COUNT(*) FROM link l WHERE l.to_community = c.id AND l.ended IS NULL),
	p.zone, COALESCE(p.opening, f.value), p.holidays, COALESCE(p.holidays_off, FALSE),
	EXISTS (SELECT 1 FROM community_step x WHERE x.community = c.id AND x.kind = 'closed')
FROM community c
LEFT JOIN commune k ON k.insee = c.insee
LEFT JOIN place p ON p.community = c.id
LEFT JOIN community_fact f ON f.community = c.id AND f.field = 'opening'
ORDER BY c.folded, c.id;

-- catalogue_typologies many
-- out: catalogue_typology
SELECT community, vocabulary, code FROM community_typology ORDER BY community;

-- catalogue_features many
-- out: catalogue_feature
SELECT community, feature FROM community_feature ORDER BY community;

-- catalogue_spaces many
-- out: catalogue_space
SELECT DISTINCT community, kind FROM space WHERE archived_at IS NULL ORDER BY community;

-- catalogue_areas many
-- out: catalogue_area
SELECT 'cae', pub, name FROM community WHERE is_cae
UNION ALL
SELECT 'region', code, name FROM region
UNION ALL
SELECT 'departement', code, name FROM departement
UNION ALL
SELECT 'epci', siren, name FROM epci
ORDER BY 1, 2;

-- Links that one side at least has said, at either end.
-- catalogue_caes many
-- out: catalogue_link
SELECT l.from_community, o.pub FROM link l JOIN community o ON o.id = l.to_community
WHERE o.is_cae AND l.ended IS NULL AND (l.from_confirmed_at IS NOT NULL OR l.to_confirmed_at IS NOT NULL OR l.source IS NOT NULL)
UNION
SELECT l.to_community, o.pub FROM link l JOIN community o ON o.id = l.from_community
WHERE o.is_cae AND l.ended IS NULL AND (l.from_confirmed_at IS NOT NULL OR l.to_confirmed_at IS NOT NULL OR l.source IS NOT NULL);
