-- slice: observatory
-- A list of words in the condition of an index makes SQLite a table at every line of the log, of which a booking writes
-- one: the same words are compared one by one. Who asks must say them as the index does.
DROP INDEX audit_published;
CREATE INDEX audit_published ON audit (chain, at) WHERE action = 'photo.add' OR action = 'photo.edit' OR action = 'photo.remove' OR action = 'place.save'
	OR action = 'space.add' OR action = 'space.edit' OR action = 'space.archive' OR action = 'tariff.set'
	OR action = 'closure.add' OR action = 'closure.remove' OR action = 'community.figure' OR action = 'community.step';

DROP VIEW published_change;
CREATE VIEW published_change AS
SELECT id AS community, created_at AS at FROM community
UNION ALL
SELECT id, confirmed_at FROM community WHERE confirmed_at IS NOT NULL
UNION ALL
SELECT community, at FROM field_source
UNION ALL
SELECT community, added_at FROM photo
UNION ALL
SELECT from_community, from_confirmed_at FROM link WHERE from_confirmed_at IS NOT NULL
UNION ALL
SELECT from_community, to_confirmed_at FROM link WHERE to_confirmed_at IS NOT NULL
UNION ALL
SELECT to_community, from_confirmed_at FROM link WHERE from_confirmed_at IS NOT NULL
UNION ALL
SELECT to_community, to_confirmed_at FROM link WHERE to_confirmed_at IS NOT NULL
UNION ALL
SELECT l.from_community, a.at FROM link l JOIN audit a ON a.object_kind = 'link' AND a.object_pub = l.pub
UNION ALL
SELECT l.to_community, a.at FROM link l JOIN audit a ON a.object_kind = 'link' AND a.object_pub = l.pub
UNION ALL
SELECT c.id, a.at FROM community c JOIN audit a ON a.object_kind = 'community' AND a.object_pub = c.pub
	AND a.action IN ('community.create', 'community.import', 'community.merge', 'community.edit', 'community.profile')
UNION ALL
SELECT c.id, a.at FROM community c JOIN chain h ON h.kind = 'audit' AND h.subject = c.pub JOIN audit a ON a.chain = h.id
WHERE (a.action = 'photo.add' OR a.action = 'photo.edit' OR a.action = 'photo.remove' OR a.action = 'place.save'
	OR a.action = 'space.add' OR a.action = 'space.edit' OR a.action = 'space.archive' OR a.action = 'tariff.set'
	OR a.action = 'closure.add' OR a.action = 'closure.remove' OR a.action = 'community.figure' OR a.action = 'community.step');
