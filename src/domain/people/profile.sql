-- use people/profile

-- profile_urls many
-- in: community community_id
-- out: url_row
SELECT url FROM community_url WHERE community = :community ORDER BY rank;

-- profile_url_insert exec
-- in: community community_id, rank int, url text
INSERT INTO community_url (community, rank, url) VALUES (:community, :rank, :url);

-- profile_urls_clear exec
-- in: community community_id
DELETE FROM community_url WHERE community = :community;
