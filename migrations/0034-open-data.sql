-- slice: observatory
-- What the public record of a community was changed by. Of all that its chain
-- holds, bookings first, these are few: they are found without the others.
CREATE INDEX audit_published ON audit (chain, at) WHERE action IN ('photo.add', 'photo.edit', 'photo.remove', 'place.save',
	'space.add', 'space.edit', 'space.archive', 'tariff.set', 'closure.add', 'closure.remove',
	'community.figure', 'community.step');

-- Every instant at which the public record of a community was changed, many a
-- community: hours, prices, photos, figures and links with the rest. What is
-- read from the log needs no second book that could forget.
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
WHERE a.action IN ('photo.add', 'photo.edit', 'photo.remove', 'place.save',
	'space.add', 'space.edit', 'space.archive', 'tariff.set', 'closure.add', 'closure.remove',
	'community.figure', 'community.step');
