-- use observatory/double

-- What `gone` has that cannot be another's, were it merged into `kept`.
-- double_ties_of one
-- in: gone community_id, kept community_id
-- out: double_ties
SELECT EXISTS (SELECT 1 FROM place WHERE community = :gone) OR EXISTS (SELECT 1 FROM space WHERE community = :gone)
		OR EXISTS (SELECT 1 FROM closure WHERE community = :gone) OR EXISTS (SELECT 1 FROM tariff WHERE community = :gone)
		OR EXISTS (SELECT 1 FROM chore WHERE community = :gone),
	EXISTS (SELECT 1 FROM booking WHERE community = :gone OR sender = :gone)
		OR EXISTS (SELECT 1 FROM incident WHERE community = :gone OR sender = :gone),
	EXISTS (SELECT 1 FROM workshop WHERE organiser = :gone OR place = :gone) OR EXISTS (SELECT 1 FROM enrolment WHERE sender = :gone),
	EXISTS (SELECT 1 FROM convention WHERE runner = :gone) OR EXISTS (SELECT 1 FROM party WHERE community = :gone)
		OR EXISTS (SELECT 1 FROM convention_version WHERE contribution_payee = :gone)
		OR EXISTS (SELECT 1 FROM charter_acceptance WHERE at_place = :gone)
		OR EXISTS (SELECT 1 FROM exchange_fact WHERE place = :gone OR sender = :gone),
	EXISTS (SELECT 1 FROM ledger_account WHERE owner = :gone) OR EXISTS (SELECT 1 FROM pack WHERE community = :gone OR owner_community = :gone),
	EXISTS (SELECT 1 FROM community_was WHERE community = :gone),
	EXISTS (SELECT 1 FROM membership a JOIN membership b ON b.person = a.person WHERE a.community = :gone AND b.community = :kept),
	(SELECT COUNT(*) FROM membership m WHERE m.community = :gone AND m.ended IS NULL),
	(SELECT COUNT(*) FROM photo WHERE community = :gone),
	c.confirmed_at, c.source
FROM community c WHERE c.id = :gone;

-- double_say_distinct exec
-- in: one community_id, other community_id, now instant
INSERT INTO community_distinct (one, other, said_at) VALUES (:one, :other, :now) ON CONFLICT (one, other) DO NOTHING;

-- double_distinct many
-- out: one community_id, other community_id
SELECT one, other FROM community_distinct;

-- ---- moving what one has to the other ----

-- double_sources exec
-- in: gone community_id, kept community_id
INSERT INTO field_source (community, field, source, said, at)
SELECT CAST(:kept AS BIGINT), field, source, said, at FROM field_source WHERE community = :gone
ON CONFLICT (community, field, source) DO NOTHING;

-- double_figures exec
-- in: gone community_id, kept community_id
UPDATE community_figure SET community = :kept WHERE community = :gone AND NOT EXISTS (SELECT 1 FROM community_figure f
	WHERE f.community = :kept AND f.kind = community_figure.kind AND COALESCE(f.year, 0) = COALESCE(community_figure.year, 0));

-- With what they were before, unless the other tells the same year.
-- double_figures_were exec
-- in: gone community_id, kept community_id
UPDATE community_figure_was SET community = :kept WHERE community = :gone AND NOT EXISTS (SELECT 1 FROM figure_told f
	WHERE f.community = :kept AND f.kind = community_figure_was.kind AND COALESCE(f.year, 0) = COALESCE(community_figure_was.year, 0));

-- double_steps exec
-- in: gone community_id, kept community_id
UPDATE community_step SET community = :kept WHERE community = :gone AND NOT EXISTS (SELECT 1 FROM community_step s
	WHERE s.community = :kept AND s.kind = community_step.kind AND s.year = community_step.year);

-- double_steps_were exec
-- in: gone community_id, kept community_id
UPDATE community_step_was SET community = :kept WHERE community = :gone AND NOT EXISTS (SELECT 1 FROM step_told s
	WHERE s.community = :kept AND s.kind = community_step_was.kind);

-- double_photos exec
-- in: gone community_id, kept community_id
UPDATE photo SET rank = rank + (SELECT COALESCE(MAX(p.rank), 0) FROM photo p WHERE p.community = :kept), community = :kept
WHERE community = :gone;

-- double_memberships exec
-- in: gone community_id, kept community_id
UPDATE membership SET community = :kept WHERE community = :gone;

-- double_invitations exec
-- in: gone community_id, kept community_id
UPDATE invitation SET community = :kept WHERE community = :gone;

-- double_corrections exec
-- in: gone community_id, kept community_id
UPDATE correction SET community = :kept WHERE community = :gone;

-- double_requests exec
-- in: gone community_id, kept community_id
UPDATE confirmation_request SET community = :kept WHERE community = :gone;

-- Periods of the links that go.
-- double_periods_drop exec
-- in: gone community_id, kept community_id
DELETE FROM link_period WHERE link IN (SELECT id FROM link WHERE (from_community = :gone AND (to_community = :kept OR EXISTS (SELECT 1 FROM link l
		WHERE l.from_community = :kept AND l.to_community = link.to_community AND l.kind = link.kind)))
	OR (to_community = :gone AND (from_community = :kept OR EXISTS (SELECT 1 FROM link l
		WHERE l.to_community = :kept AND l.from_community = link.from_community AND l.kind = link.kind))));

-- Links that the other has already, or that would bind it to itself.
-- double_links_drop exec
-- in: gone community_id, kept community_id
DELETE FROM link WHERE (from_community = :gone AND (to_community = :kept OR EXISTS (SELECT 1 FROM link l
		WHERE l.from_community = :kept AND l.to_community = link.to_community AND l.kind = link.kind)))
	OR (to_community = :gone AND (from_community = :kept OR EXISTS (SELECT 1 FROM link l
		WHERE l.to_community = :kept AND l.from_community = link.from_community AND l.kind = link.kind)));

-- double_links exec
-- in: gone community_id, kept community_id
UPDATE link SET from_community = CASE WHEN from_community = :gone THEN :kept ELSE from_community END,
	to_community = CASE WHEN to_community = :gone THEN :kept ELSE to_community END
WHERE from_community = :gone OR to_community = :gone;

-- double_fiches exec
-- in: gone community_id, kept community_id
UPDATE fiche SET community = CASE WHEN community = :gone THEN :kept ELSE community END,
	asked_for = CASE WHEN asked_for = :gone THEN :kept ELSE asked_for END
WHERE community = :gone OR asked_for = :gone;

-- double_fiche_links exec
-- in: gone community_id, kept community_id
UPDATE fiche_link SET community = :kept WHERE community = :gone;

-- double_actors exec
-- in: gone community_id, kept community_id
UPDATE actor SET community = CASE WHEN community = :gone THEN :kept ELSE community END,
	steward = CASE WHEN steward = :gone THEN :kept ELSE steward END
WHERE community = :gone OR steward = :gone;

-- double_runs exec
-- in: gone community_id, kept community_id
UPDATE import_run SET community = :kept WHERE community = :gone;

-- double_rows exec
-- in: gone community_id, kept community_id
UPDATE import_row SET community = :kept WHERE community = :gone;

-- double_keys exec
-- in: gone community_id, kept community_id
UPDATE import_key SET community = :kept WHERE community = :gone;

-- double_moved exec
-- in: gone community_id, kept community_id
UPDATE community_moved SET community = :kept WHERE community = :gone;

-- double_distinct_drop exec
-- in: gone community_id
DELETE FROM community_distinct WHERE one = :gone OR other = :gone;

-- ---- what remains goes with it ----

-- double_drop_typologies exec
-- in: gone community_id
DELETE FROM community_typology WHERE community = :gone;

-- double_drop_features exec
-- in: gone community_id
DELETE FROM community_feature WHERE community = :gone;

-- double_drop_urls exec
-- in: gone community_id
DELETE FROM community_url WHERE community = :gone;

-- double_drop_facts exec
-- in: gone community_id
DELETE FROM community_fact WHERE community = :gone;

-- double_drop_sources exec
-- in: gone community_id
DELETE FROM field_source WHERE community = :gone;

-- double_drop_figures exec
-- in: gone community_id
DELETE FROM community_figure WHERE community = :gone;

-- double_drop_figures_were exec
-- in: gone community_id
DELETE FROM community_figure_was WHERE community = :gone;

-- double_drop_steps exec
-- in: gone community_id
DELETE FROM community_step WHERE community = :gone;

-- double_drop_steps_were exec
-- in: gone community_id
DELETE FROM community_step_was WHERE community = :gone;

-- double_drop_years_were exec
-- in: gone community_id
DELETE FROM community_year_was WHERE community = :gone;

-- double_key_of maybe
-- in: gone community_id
-- out: key text?, pub pubid
SELECT source_key, pub FROM community WHERE id = :gone;

-- double_drop exec
-- in: gone community_id
DELETE FROM community WHERE id = :gone;

-- So that the table it came from finds it again.
-- double_key_set exec
-- in: kept community_id, key text?
UPDATE community SET source_key = COALESCE(source_key, :key) WHERE id = :kept;

-- double_address exec
-- in: pub pubid, kept community_id, now instant
INSERT INTO community_moved (pub, community, at) VALUES (:pub, :kept, :now);
