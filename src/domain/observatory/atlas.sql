-- use observatory/atlas
-- use observatory/map

-- How many places fit.
-- atlas_count one
-- in: dominant text, form text, cae bool, south int, north int, west int, east int
-- out: n int
SELECT COUNT(*) FROM community c LEFT JOIN commune k ON k.insee = c.insee
WHERE c.is_place AND NOT EXISTS (SELECT 1 FROM community_step s WHERE s.community = c.id AND s.kind = 'closed')
	AND (:dominant = '' OR c.dominant = :dominant) AND (:form = '' OR c.legal_form = :form)
	AND (NOT :cae OR EXISTS (SELECT 1 FROM link l WHERE l.kind = 'linked_cae' AND l.ended IS NULL
		AND (l.from_community = c.id OR l.to_community = c.id)))
	AND COALESCE(c.lat_e5, k.lat_e5) BETWEEN :south AND :north
	AND COALESCE(c.lon_e5, k.lon_e5) BETWEEN :west AND :east;

-- atlas_places_in many
-- in: dominant text, form text, cae bool, south int, north int, west int, east int, after int, limit int
-- out: atlas_place
SELECT c.pub, c.name, COALESCE(k.name, c.city_printed), c.departement, c.dominant, c.legal_form,
	EXISTS (SELECT 1 FROM link l WHERE l.kind = 'linked_cae' AND l.ended IS NULL
		AND (l.from_community = c.id OR l.to_community = c.id)),
	COALESCE(c.lat_e5, k.lat_e5), COALESCE(c.lon_e5, k.lon_e5)
FROM community c LEFT JOIN commune k ON k.insee = c.insee
WHERE c.is_place AND NOT EXISTS (SELECT 1 FROM community_step s WHERE s.community = c.id AND s.kind = 'closed')
	AND (:dominant = '' OR c.dominant = :dominant) AND (:form = '' OR c.legal_form = :form)
	AND (NOT :cae OR EXISTS (SELECT 1 FROM link l WHERE l.kind = 'linked_cae' AND l.ended IS NULL
		AND (l.from_community = c.id OR l.to_community = c.id)))
	AND COALESCE(c.lat_e5, k.lat_e5) BETWEEN :south AND :north
	AND COALESCE(c.lon_e5, k.lon_e5) BETWEEN :west AND :east
ORDER BY c.folded, c.id LIMIT :limit OFFSET :after;

-- Those nearest to a point of the part; a degree east is two thirds of one north in our latitudes.
-- atlas_places_near many
-- in: dominant text, form text, cae bool, south int, north int, west int, east int, lat int, lon int, limit int
-- out: atlas_place
SELECT p.pub, p.name, p.city, p.departement, p.dominant, p.legal_form,
	EXISTS (SELECT 1 FROM link l WHERE l.kind = 'linked_cae' AND l.ended IS NULL AND (l.from_community = p.id OR l.to_community = p.id)),
	p.lat, p.lon
FROM (SELECT c.id, c.pub, c.name, COALESCE(k.name, c.city_printed) AS city, c.departement, c.dominant, c.legal_form,
		COALESCE(c.lat_e5, k.lat_e5) AS lat, COALESCE(c.lon_e5, k.lon_e5) AS lon
	FROM community c LEFT JOIN commune k ON k.insee = c.insee
	WHERE c.is_place AND NOT EXISTS (SELECT 1 FROM community_step s WHERE s.community = c.id AND s.kind = 'closed')
	AND (:dominant = '' OR c.dominant = :dominant) AND (:form = '' OR c.legal_form = :form)
		AND (NOT :cae OR EXISTS (SELECT 1 FROM link l WHERE l.kind = 'linked_cae' AND l.ended IS NULL
			AND (l.from_community = c.id OR l.to_community = c.id)))
		AND COALESCE(c.lat_e5, k.lat_e5) BETWEEN :south AND :north
		AND COALESCE(c.lon_e5, k.lon_e5) BETWEEN :west AND :east) p
ORDER BY (p.lat - :lat) * (p.lat - :lat) * 9 + (p.lon - :lon) * (p.lon - :lon) * 4, p.id LIMIT :limit;

-- By boxes of a grid that starts at the south pole and the date line, so that none is cut by zero.
-- atlas_clusters_in many
-- in: dominant text, form text, cae bool, south int, north int, west int, east int, high int, wide int, limit int
-- out: atlas_cluster
SELECT COUNT(*), CAST(SUM(p.lat) AS BIGINT) / COUNT(*), CAST(SUM(p.lon) AS BIGINT) / COUNT(*)
FROM (SELECT COALESCE(c.lat_e5, k.lat_e5) AS lat, COALESCE(c.lon_e5, k.lon_e5) AS lon
	FROM community c LEFT JOIN commune k ON k.insee = c.insee
	WHERE c.is_place AND NOT EXISTS (SELECT 1 FROM community_step s WHERE s.community = c.id AND s.kind = 'closed')
	AND (:dominant = '' OR c.dominant = :dominant) AND (:form = '' OR c.legal_form = :form)
		AND (NOT :cae OR EXISTS (SELECT 1 FROM link l WHERE l.kind = 'linked_cae' AND l.ended IS NULL
			AND (l.from_community = c.id OR l.to_community = c.id)))
		AND COALESCE(c.lat_e5, k.lat_e5) BETWEEN :south AND :north
		AND COALESCE(c.lon_e5, k.lon_e5) BETWEEN :west AND :east) p
GROUP BY (p.lat + 9000000) / :high, (p.lon + 18000000) / :wide
ORDER BY COUNT(*) DESC, SUM(p.lat), SUM(p.lon) LIMIT :limit;

-- Who sends to whom by a convention in force, where both say that the map may draw it.
-- atlas_threads_on many
-- in: on_day day, limit int
-- out: atlas_thread
SELECT DISTINCT a.name, COALESCE(a.lat_e5, ka.lat_e5), COALESCE(a.lon_e5, ka.lon_e5), b.name,
	COALESCE(b.lat_e5, kb.lat_e5), COALESCE(b.lon_e5, kb.lon_e5)
FROM party s
JOIN convention v ON v.id = s.convention AND v.state = 'open' AND v.from_day <= :on_day AND v.to_day >= :on_day
JOIN party h ON h.convention = s.convention AND h.id <> s.id AND h.side IN ('host', 'both') AND h.state IN ('active', 'leaving') AND h.shown
JOIN community a ON a.id = s.community
JOIN community b ON b.id = h.community
LEFT JOIN commune ka ON ka.insee = a.insee
LEFT JOIN commune kb ON kb.insee = b.insee
WHERE s.side IN ('sender', 'both') AND s.state IN ('active', 'leaving') AND s.shown
	AND COALESCE(a.lat_e5, ka.lat_e5) IS NOT NULL AND COALESCE(b.lat_e5, kb.lat_e5) IS NOT NULL
	AND COALESCE(a.lon_e5, ka.lon_e5) IS NOT NULL AND COALESCE(b.lon_e5, kb.lon_e5) IS NOT NULL
ORDER BY 1, 4, 2, 3, 5, 6 LIMIT :limit;

-- Who was received where since a day, where both let the map draw a convention of theirs, five times
-- or more: fewer could point at a person.
-- atlas_exchanges many
-- in: since day, limit int
-- out: atlas_thread
SELECT a.name, COALESCE(a.lat_e5, ka.lat_e5), COALESCE(a.lon_e5, ka.lon_e5), b.name,
	COALESCE(b.lat_e5, kb.lat_e5), COALESCE(b.lon_e5, kb.lon_e5)
FROM (SELECT f.sender, f.place FROM exchange_fact f
	JOIN party s ON s.convention = f.convention AND s.community = f.sender AND s.shown
	JOIN party h ON h.convention = f.convention AND h.community = f.place AND h.shown
	WHERE f.kind IN ('use', 'workshop') AND f.on_day >= :since
	GROUP BY f.sender, f.place HAVING COUNT(*) >= 5) x
JOIN community a ON a.id = x.sender
JOIN community b ON b.id = x.place
LEFT JOIN commune ka ON ka.insee = a.insee
LEFT JOIN commune kb ON kb.insee = b.insee
WHERE COALESCE(a.lat_e5, ka.lat_e5) IS NOT NULL AND COALESCE(b.lat_e5, kb.lat_e5) IS NOT NULL
	AND COALESCE(a.lon_e5, ka.lon_e5) IS NOT NULL AND COALESCE(b.lon_e5, kb.lon_e5) IS NOT NULL
ORDER BY a.folded, b.folded, a.id, b.id LIMIT :limit;

-- atlas_regions many
-- out: atlas_area
SELECT r.code, r.name, CAST(t.population AS BIGINT), COALESCE(p.places, 0)
FROM region r
LEFT JOIN (SELECT region, SUM(population) AS population FROM commune GROUP BY region) t ON t.region = r.code
LEFT JOIN (SELECT k.region, COUNT(*) AS places FROM community c JOIN commune k ON k.insee = c.insee
	WHERE c.is_place AND NOT EXISTS (SELECT 1 FROM community_step s WHERE s.community = c.id AND s.kind = 'closed')
	GROUP BY k.region) p ON p.region = r.code
ORDER BY r.code;

-- atlas_departements many
-- out: atlas_area
SELECT d.code, d.name, CAST(t.population AS BIGINT), COALESCE(p.places, 0)
FROM departement d
LEFT JOIN (SELECT departement, SUM(population) AS population FROM commune GROUP BY departement) t ON t.departement = d.code
LEFT JOIN (SELECT k.departement, COUNT(*) AS places FROM community c JOIN commune k ON k.insee = c.insee
	WHERE c.is_place AND NOT EXISTS (SELECT 1 FROM community_step s WHERE s.community = c.id AND s.kind = 'closed')
	GROUP BY k.departement) p ON p.departement = d.code
ORDER BY d.code;

-- Where those stand that are places, or were.
-- atlas_ever many
-- out: atlas_standing
SELECT c.pub, c.dominant, COALESCE(c.lat_e5, k.lat_e5), COALESCE(c.lon_e5, k.lon_e5)
FROM place_ever p JOIN community c ON c.id = p.id LEFT JOIN commune k ON k.insee = c.insee;

-- atlas_epcis many
-- out: atlas_area
SELECT e.siren, e.name, e.population, COALESCE(p.places, 0)
FROM epci e
LEFT JOIN (SELECT k.epci, COUNT(*) AS places FROM community c JOIN commune k ON k.insee = c.insee
	WHERE c.is_place AND NOT EXISTS (SELECT 1 FROM community_step s WHERE s.community = c.id AND s.kind = 'closed')
	AND k.epci IS NOT NULL GROUP BY k.epci) p ON p.epci = e.siren
ORDER BY e.siren;
