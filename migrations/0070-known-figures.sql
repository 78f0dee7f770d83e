-- slice: people
-- When a yearly figure was told. Nothing: before it was kept, it stands for all days.
ALTER TABLE community_figure ADD COLUMN said_at @instant?;

-- What a yearly figure was until it was corrected or taken back.
CREATE TABLE community_figure_was (
	id @id,
	community @ref(community),
	year @int?,
	kind @enum(revenue_keur staff members people),
	value @int?,
	note @text?,
	said_at @instant?,
	until @instant
);
CREATE INDEX community_figure_was_of ON community_figure_was (community, kind);

-- All that was ever told, each from when until when.
CREATE VIEW figure_told AS
SELECT id, community, year, kind, value, COALESCE(said_at, 0) AS since, 9223372036854775807 AS until FROM community_figure
UNION ALL
SELECT id, community, year, kind, value, COALESCE(said_at, 0), until FROM community_figure_was;

-- slice: observatory
-- The day whose places the question is about. Nothing: those of today.
ALTER TABLE siting_bound ADD COLUMN on_day @day?;
