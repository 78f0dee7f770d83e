-- use observatory/fiche

-- fiche_by_pub maybe
-- in: pub pubid
-- out: fiche_row
SELECT f.id, f.pub, f.state, f.community, f.asked_for, f.title, f.insee, k.name, k.departement, f.year, f.request, f.description,
	f.stakes, f.benefits, f.difficulties, f.lessons, f.targets, f.partners, f.source, f.updated_at, f.published_at
FROM fiche f LEFT JOIN commune k ON k.insee = f.insee
WHERE f.pub = :pub;

-- Every word must be somewhere in the title, the town or the text.
-- fiche_search many
-- in: word1 text, word2 text, word3 text, after text, most int
-- out: fiche_line
WITH found AS (
	SELECT f.*, k.name AS town, k.departement AS dep
	FROM fiche f LEFT JOIN commune k ON k.insee = f.insee
	WHERE f.state = 'published'
		AND f.folded || ' ' || COALESCE(k.folded, '') LIKE '%' || :word1 || '%'
		AND f.folded || ' ' || COALESCE(k.folded, '') LIKE '%' || :word2 || '%'
		AND f.folded || ' ' || COALESCE(k.folded, '') LIKE '%' || :word3 || '%')
SELECT f.pub, f.state, f.title, f.description, f.town, f.dep, f.year, c.name
FROM found f LEFT JOIN community c ON c.id = f.community
WHERE :after = '' OR (f.folded, f.pub) > (SELECT a.folded, a.pub FROM found a WHERE a.pub = :after)
ORDER BY f.folded, f.pub
LIMIT :most;

-- fiche_count one
-- in: word1 text, word2 text, word3 text
-- out: n int
SELECT COUNT(*) FROM fiche f LEFT JOIN commune k ON k.insee = f.insee
WHERE f.state = 'published'
	AND f.folded || ' ' || COALESCE(k.folded, '') LIKE '%' || :word1 || '%'
	AND f.folded || ' ' || COALESCE(k.folded, '') LIKE '%' || :word2 || '%'
	AND f.folded || ' ' || COALESCE(k.folded, '') LIKE '%' || :word3 || '%';

-- What a community has to write or has asked for.
-- fiches_of_community many
-- in: community community_id
-- out: fiche_line
SELECT f.pub, f.state, f.title, f.description, k.name, k.departement, f.year, c.name
FROM fiche f LEFT JOIN commune k ON k.insee = f.insee LEFT JOIN community c ON c.id = f.community
WHERE (f.community = :community OR f.asked_for = :community) AND f.state <> 'published'
ORDER BY f.updated_at DESC, f.id DESC LIMIT 50;

-- fiche_insert one
-- in: pub pubid, state fiche_state, community community_id?, asked_for community_id?, request text?, title text, folded text, now instant
-- out: id fiche_id
INSERT INTO fiche (pub, state, community, asked_for, request, title, folded, created_at, updated_at)
VALUES (:pub, :state, :community, :asked_for, :request, :title, :folded, :now, :now)
RETURNING id;

-- fiche_write exec
-- in: fiche_edit, id fiche_id, insee text?, folded text, now instant
UPDATE fiche SET title = :title, folded = :folded, insee = :insee, year = :year, description = :description, stakes = :stakes,
	benefits = :benefits, difficulties = :difficulties, lessons = :lessons, targets = :targets, partners = :partners, updated_at = :now
WHERE id = :id;

-- fiche_set_state exec
-- in: id fiche_id, state fiche_state, now instant
UPDATE fiche SET state = :state, updated_at = :now, published_at = CASE WHEN :state = 'published' THEN :now ELSE published_at END
WHERE id = :id;

-- fiche_members many
-- in: fiche fiche_id
-- out: fiche_member
SELECT COALESCE(c.name, l.name), c.pub FROM fiche_link l LEFT JOIN community c ON c.id = l.community
WHERE l.fiche = :fiche ORDER BY l.rank;

-- fiche_members_clear exec
-- in: fiche fiche_id
DELETE FROM fiche_link WHERE fiche = :fiche;

-- The community of that very name is linked, when there is one.
-- fiche_member_put exec
-- in: fiche fiche_id, rank int, name text, folded text
INSERT INTO fiche_link (fiche, rank, name, community)
VALUES (:fiche, :rank, :name, (SELECT MIN(id) FROM community WHERE folded = :folded));

-- What the study tells: written anew when the file that ships has changed.
-- fiche_ship one
-- in: pub pubid, key text, title text, folded text, insee text?, year int?, description text, stakes text?, benefits text?, difficulties text?, lessons text?, targets text?, partners text?, now instant
-- out: id fiche_id
INSERT INTO fiche (pub, state, title, folded, insee, year, description, stakes, benefits, difficulties, lessons, targets, partners,
	source, source_key, created_at, updated_at, published_at)
VALUES (:pub, 'published', :title, :folded, :insee, :year, :description, :stakes, :benefits, :difficulties, :lessons, :targets, :partners,
	'study-2018', :key, :now, :now, :now)
ON CONFLICT (source_key) DO UPDATE SET title = excluded.title, folded = excluded.folded, insee = excluded.insee, year = excluded.year,
	description = excluded.description, stakes = excluded.stakes, benefits = excluded.benefits, difficulties = excluded.difficulties,
	lessons = excluded.lessons, targets = excluded.targets, partners = excluded.partners, updated_at = excluded.updated_at
RETURNING id;
