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

-- Rounded to the cent: a day is 1000 thousandths.
-- pack_offers_on_sale many
-- in: place community_id
-- out: pack_offer
SELECT pub, name, space_kind, units, price, valid_months, (price * 2000 + units) / (units * 2), withdrawn_at FROM pack_offer
WHERE community = :place AND withdrawn_at IS NULL ORDER BY space_kind, units, price, id;

-- pack_offers_all many
-- in: place community_id
-- out: pack_offer
SELECT pub, name, space_kind, units, price, valid_months, (price * 2000 + units) / (units * 2), withdrawn_at FROM pack_offer
WHERE community = :place ORDER BY space_kind, units, price, id;

-- pack_offer_on_sale maybe
-- in: place community_id, pub pubid
-- out: pack_offer
SELECT pub, name, space_kind, units, price, valid_months, (price * 2000 + units) / (units * 2), withdrawn_at FROM pack_offer
WHERE community = :place AND pub = :pub AND withdrawn_at IS NULL;

-- pack_offer_insert exec
-- in: pub pubid, place community_id, name text, space_kind space_kind, units quantity, price money, valid_months int
INSERT INTO pack_offer (pub, community, name, space_kind, units, price, valid_months)
VALUES (:pub, :place, :name, :space_kind, :units, :price, :valid_months);

-- pack_offer_end exec
-- in: place community_id, pub pubid, now instant
UPDATE pack_offer SET withdrawn_at = :now WHERE community = :place AND pub = :pub AND withdrawn_at IS NULL;
