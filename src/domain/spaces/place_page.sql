-- use people/community
-- use spaces/place_page

-- place_links many
-- in: place community_id
-- out: place_link
SELECT c.id, c.pub, c.name, c.initials,
	CASE WHEN c.is_place THEN 'place' WHEN c.is_cae THEN 'cae' WHEN c.is_network THEN 'network' WHEN c.is_collective THEN 'collective'
		WHEN c.is_public_body THEN 'public_body' WHEN c.is_company THEN 'company' ELSE 'other' END,
	COALESCE(k.name, c.city_printed), c.departement, l.kind, l.started
FROM link l
JOIN community c ON c.id = CASE WHEN l.from_community = :place THEN l.to_community ELSE l.from_community END
LEFT JOIN commune k ON k.insee = c.insee
WHERE (l.from_community = :place OR l.to_community = :place) AND l.ended IS NULL
	AND (l.from_confirmed_at IS NOT NULL OR l.to_confirmed_at IS NOT NULL)
ORDER BY c.folded, c.id, l.id;

-- Hours that a source gives of a place that takes no bookings here.
-- place_hours_said maybe
-- in: place community_id
-- out: opening text
SELECT value FROM community_fact WHERE community = :place AND field = 'opening';

-- place_tariffs many
-- in: place community_id, audience audience, on_day day
-- out: space_kind space_kind, unit tariff_unit, price money
SELECT space_kind, unit, price FROM tariff
WHERE community = :place AND audience = :audience AND from_day <= :on_day AND (to_day IS NULL OR to_day >= :on_day)
ORDER BY space_kind, unit, from_day DESC, id DESC;

-- home_town_of maybe
-- in: person person_id
-- out: near_town
SELECT k.insee, k.name, k.lat_e5, k.lon_e5 FROM person p JOIN commune k ON k.insee = p.home_insee
WHERE p.id = :person AND k.lat_e5 IS NOT NULL AND k.lon_e5 IS NOT NULL;

-- Towns of some size around a point; who asks measures.
-- towns_around many
-- in: south int, north int, west int, east int
-- out: near_town
SELECT insee, name, lat_e5, lon_e5 FROM commune
WHERE lat_e5 BETWEEN :south AND :north AND lon_e5 BETWEEN :west AND :east AND population >= 20000
ORDER BY population DESC, insee;
