-- use spaces/space

-- Read backwards from its index, without a sort.
-- tariffs_on many
-- in: community community_id, space_kind space_kind, on_day day
-- out: id tariff_id, audience audience, unit tariff_unit, price money
SELECT id, audience, unit, price FROM tariff
WHERE community = :community AND space_kind = :space_kind AND from_day <= :on_day AND (to_day IS NULL OR to_day >= :on_day)
ORDER BY audience DESC, unit DESC, from_day DESC;

-- is_place_member maybe
-- in: person person_id, community community_id, on_day day
-- out: id membership_id
SELECT m.id FROM membership m
WHERE m.person = :person AND m.started <= :on_day AND (m.ended IS NULL OR m.ended >= :on_day)
	AND m.status <> 'prospect'
	AND (m.community = :community OR EXISTS (SELECT 1 FROM link l WHERE l.from_community = :community AND l.to_community = m.community
		AND l.kind = 'hosts' AND l.ended IS NULL AND l.from_confirmed_at IS NOT NULL AND l.to_confirmed_at IS NOT NULL))
ORDER BY m.started, m.id LIMIT 1;
