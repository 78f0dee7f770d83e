-- use people/profile

-- profile_urls many
-- in: community community_id
-- out: url_row
SELECT url FROM community_url WHERE community = :community ORDER BY rank;

-- What sources say beside its columns; its hours are told with the place.
-- profile_facts_said many
-- in: community community_id
-- out: said_fact
SELECT field, value FROM community_fact WHERE community = :community
	AND field NOT IN ('opening', 'postal_code', 'ban_key', 'rna') ORDER BY field;

-- profile_url_insert exec
-- in: community community_id, rank int, url text
INSERT INTO community_url (community, rank, url) VALUES (:community, :rank, :url);

-- profile_urls_clear exec
-- in: community community_id
DELETE FROM community_url WHERE community = :community;

-- Is there somebody who may correct the page?
-- page_is_kept one
-- in: community community_id, role int, on_day day
-- out: kept bool
SELECT EXISTS (SELECT 1 FROM membership m WHERE m.community = :community AND (m.roles & :role) <> 0 AND m.started <= :on_day
	AND (m.ended IS NULL OR m.ended >= :on_day));

-- Does it stand at a point of its own? An address without one stands at the centre of its commune.
-- point_is_own one
-- in: community community_id
-- out: own bool
SELECT c.lat_e5 IS NOT NULL AND c.lon_e5 IS NOT NULL AND COALESCE(c.lat_e5 <> k.lat_e5 OR c.lon_e5 <> k.lon_e5, TRUE)
FROM community c LEFT JOIN commune k ON k.insee = c.insee WHERE c.id = :community;
