-- use spaces/pack

-- Her own, or bought by a community of which she is a member that day.
-- pack_candidates many
-- in: person person_id, place community_id, on_day day
-- out: pack_candidate
SELECT k.id, k.pub, k.name, k.space_kind, k.units, k.to_day, m.id, m.community, s.name, s.initials
FROM pack k
LEFT JOIN membership m ON m.id = (SELECT MIN(h.id) FROM membership h WHERE h.community = k.owner_community AND h.person = :person
	AND h.status <> 'prospect' AND h.started <= :on_day AND (h.ended IS NULL OR h.ended >= :on_day))
LEFT JOIN community s ON s.id = m.community
WHERE k.community = :place AND k.from_day <= :on_day AND k.to_day >= :on_day AND (k.owner_person = :person OR m.id IS NOT NULL)
ORDER BY k.to_day, k.id;

-- pack_good maybe
-- in: id pack_id, person person_id, on_day day
-- out: units quantity
SELECT k.units FROM pack k
WHERE k.id = :id AND k.from_day <= :on_day AND k.to_day >= :on_day AND (k.owner_person = :person
	OR EXISTS (SELECT 1 FROM membership h WHERE h.community = k.owner_community AND h.person = :person AND h.status <> 'prospect'
		AND h.started <= :on_day AND (h.ended IS NULL OR h.ended >= :on_day)));

-- pack_units one
-- in: id pack_id
-- out: units quantity
SELECT units FROM pack WHERE id = :id;

-- pack_insert one
-- in: pack_row
-- out: id pack_id
INSERT INTO pack (pub, community, owner_person, owner_community, name, space_kind, units, price, sold_at, from_day, to_day)
VALUES (:pub, :community, :owner_person, :owner_community, :name, :space_kind, :units, :price, :sold_at, :from_day, :to_day)
RETURNING id;

-- packs_sold many
-- in: place community_id, on_day day
-- out: pack_line
SELECT k.pub, p.name, COALESCE(o.name, s.name, ''), k.name, k.space_kind, k.units, k.units - COALESCE(n.held + n.used, 0), k.price,
	k.sold_at, k.from_day, k.to_day
FROM pack k JOIN community p ON p.id = k.community
LEFT JOIN person o ON o.id = k.owner_person LEFT JOIN community s ON s.id = k.owner_community
LEFT JOIN counter n ON n.owner_kind = 'pack' AND n.owner = k.id
WHERE k.community = :place AND k.to_day >= :on_day ORDER BY k.sold_at DESC, k.id DESC;

-- packs_held many
-- in: person person_id, on_day day
-- out: pack_line
SELECT k.pub, p.name, COALESCE(o.name, s.name, ''), k.name, k.space_kind, k.units, k.units - COALESCE(n.held + n.used, 0), k.price,
	k.sold_at, k.from_day, k.to_day
FROM pack k JOIN community p ON p.id = k.community
LEFT JOIN person o ON o.id = k.owner_person LEFT JOIN community s ON s.id = k.owner_community
LEFT JOIN counter n ON n.owner_kind = 'pack' AND n.owner = k.id
WHERE k.to_day >= :on_day AND (k.owner_person = :person OR k.owner_community IN (SELECT h.community FROM membership h
	WHERE h.person = :person AND h.status <> 'prospect' AND h.started <= :on_day AND (h.ended IS NULL OR h.ended >= :on_day)))
ORDER BY k.to_day, k.id;
