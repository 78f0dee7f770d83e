-- slice: people
-- From when a step of a year is known. Nothing: it was the first of its kind that was
-- told, and counts from its year; one told after another is a correction, and moves no day before.
ALTER TABLE community_step ADD COLUMN since @instant?;

-- What was said of a year until it was taken back.
CREATE TABLE community_step_was (
	id @id,
	community @ref(community),
	kind @enum(becoming_scic scic scop loi47 association sas sarl public other closed),
	year @int,
	note @text?,
	said_at @instant,
	since @instant?,
	until @instant
);
CREATE INDEX community_step_was_of ON community_step_was (community, kind);

-- All that was ever told, each from when until when.
CREATE VIEW step_told AS
SELECT id, community, kind, year, COALESCE(since, 0) AS since, 9223372036854775807 AS until FROM community_step
UNION ALL
SELECT id, community, kind, year, COALESCE(since, 0), until FROM community_step_was;

-- The year that a community began in, until it was corrected.
CREATE TABLE community_year_was (
	id @id,
	community @ref(community),
	year @int,
	until @instant
);
CREATE INDEX community_year_was_of ON community_year_was (community, until);
