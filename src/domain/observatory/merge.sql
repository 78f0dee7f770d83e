-- use observatory/merge

-- ---- what went, put down while it goes ----

-- merge_insert one
-- in: pub pubid, gone community_id, kept pubid, now instant, by person_id, gave_key bool, changes json
-- out: id row_id
INSERT INTO community_merge (pub, gone, kept, merged_at, merged_by, gave_key, changes,
	name, name_printed, folded, initials, is_cae, is_place, is_collective, is_network, is_public_body, is_company, is_other,
	legal_form, legal_note, siren, siret, activities, story, address, insee, city_printed, region_printed, departement,
	lat_e5, lon_e5, year_started, cg_member, website, email, phone, accessibility, access, functions, source, source_key,
	is_demo, confirmed_at, created_at, dominant, dominant_said)
SELECT :pub, pub, :kept, :now, :by, :gave_key, :changes,
	name, name_printed, folded, initials, is_cae, is_place, is_collective, is_network, is_public_body, is_company, is_other,
	legal_form, legal_note, siren, siret, activities, story, address, insee, city_printed, region_printed, departement,
	lat_e5, lon_e5, year_started, cg_member, website, email, phone, accessibility, access, functions, source, source_key,
	is_demo, confirmed_at, created_at, dominant, dominant_said
FROM community WHERE id = :gone
RETURNING id;

-- Links and their periods that will be dropped, before they are.
-- merge_keep_links exec
-- in: merge row_id, gone community_id, kept community_id
INSERT INTO community_merge_row (merge, what, a, b, c, d, e, m, n, o, p)
SELECT CAST(:merge AS BIGINT), 'link', o.pub, link.kind, CASE WHEN link.from_community = :gone THEN 'from' ELSE 'to' END, link.pub, link.source, link.from_confirmed_at, link.to_confirmed_at, link.started, link.ended FROM link JOIN community o ON o.id = CASE WHEN link.from_community = :gone THEN link.to_community ELSE link.from_community END WHERE (from_community = :gone AND (to_community = :kept OR EXISTS (SELECT 1 FROM link l
		WHERE l.from_community = :kept AND l.to_community = link.to_community AND l.kind = link.kind)))
	OR (to_community = :gone AND (from_community = :kept OR EXISTS (SELECT 1 FROM link l
		WHERE l.to_community = :kept AND l.from_community = link.from_community AND l.kind = link.kind)))
UNION ALL
SELECT CAST(:merge AS BIGINT), 'period', link.pub, CAST(NULL AS TEXT), CAST(NULL AS TEXT), CAST(NULL AS TEXT), CAST(NULL AS TEXT), t.started, t.ended, CAST(NULL AS BIGINT), CAST(NULL AS BIGINT) FROM link_period t JOIN link ON link.id = t.link WHERE (from_community = :gone AND (to_community = :kept OR EXISTS (SELECT 1 FROM link l
		WHERE l.from_community = :kept AND l.to_community = link.to_community AND l.kind = link.kind)))
	OR (to_community = :gone AND (from_community = :kept OR EXISTS (SELECT 1 FROM link l
		WHERE l.to_community = :kept AND l.from_community = link.from_community AND l.kind = link.kind)));

-- What goes along. A source is copied: those that the kept page did not have.
-- merge_keep_moved exec
-- in: merge row_id, gone community_id, kept community_id
INSERT INTO community_merge_moved (merge, what, key, part, rank)
SELECT CAST(:merge AS BIGINT), 'photo', pub, CAST(NULL AS TEXT), rank FROM photo WHERE community = :gone
UNION ALL
SELECT CAST(:merge AS BIGINT), 'membership', pub, CAST(NULL AS TEXT), CAST(NULL AS BIGINT) FROM membership WHERE community = :gone
UNION ALL
SELECT CAST(:merge AS BIGINT), 'invitation', pub, CAST(NULL AS TEXT), CAST(NULL AS BIGINT) FROM invitation WHERE community = :gone
UNION ALL
SELECT CAST(:merge AS BIGINT), 'correction', pub, CAST(NULL AS TEXT), CAST(NULL AS BIGINT) FROM correction WHERE community = :gone
UNION ALL
SELECT CAST(:merge AS BIGINT), 'request', CAST(id AS TEXT), CAST(NULL AS TEXT), sent_at FROM confirmation_request WHERE community = :gone
UNION ALL
SELECT CAST(:merge AS BIGINT), 'link', pub, CAST(NULL AS TEXT), CAST(NULL AS BIGINT) FROM link WHERE (from_community = :gone OR to_community = :gone)
	AND NOT EXISTS (SELECT 1 FROM community_merge_row r WHERE r.merge = :merge AND r.what = 'link' AND r.d = link.pub)
UNION ALL
SELECT CAST(:merge AS BIGINT), 'fiche', pub, CAST(NULL AS TEXT), CAST(NULL AS BIGINT) FROM fiche WHERE community = :gone
UNION ALL
SELECT CAST(:merge AS BIGINT), 'asked_fiche', pub, CAST(NULL AS TEXT), CAST(NULL AS BIGINT) FROM fiche WHERE asked_for = :gone
UNION ALL
SELECT CAST(:merge AS BIGINT), 'fiche_link', f.pub, CAST(NULL AS TEXT), l.rank FROM fiche_link l JOIN fiche f ON f.id = l.fiche WHERE l.community = :gone
UNION ALL
SELECT CAST(:merge AS BIGINT), 'actor', pub, CAST(NULL AS TEXT), CAST(NULL AS BIGINT) FROM actor WHERE community = :gone
UNION ALL
SELECT CAST(:merge AS BIGINT), 'steward', pub, CAST(NULL AS TEXT), CAST(NULL AS BIGINT) FROM actor WHERE steward = :gone
UNION ALL
SELECT CAST(:merge AS BIGINT), 'run', pub, CAST(NULL AS TEXT), CAST(NULL AS BIGINT) FROM import_run WHERE community = :gone
UNION ALL
SELECT CAST(:merge AS BIGINT), 'row', pub, CAST(NULL AS TEXT), CAST(NULL AS BIGINT) FROM import_row WHERE community = :gone
UNION ALL
SELECT CAST(:merge AS BIGINT), 'key', key, source, CAST(NULL AS BIGINT) FROM import_key WHERE community = :gone
UNION ALL
SELECT CAST(:merge AS BIGINT), 'address', pub, CAST(NULL AS TEXT), CAST(NULL AS BIGINT) FROM community_moved WHERE community = :gone
UNION ALL
SELECT CAST(:merge AS BIGINT), 'figure', CAST(id AS TEXT), kind, year FROM community_figure WHERE community = :gone
UNION ALL
SELECT CAST(:merge AS BIGINT), 'figure_was', CAST(id AS TEXT), kind, year FROM community_figure_was WHERE community = :gone
UNION ALL
SELECT CAST(:merge AS BIGINT), 'step', CAST(id AS TEXT), kind, year FROM community_step WHERE community = :gone
UNION ALL
SELECT CAST(:merge AS BIGINT), 'step_was', CAST(id AS TEXT), kind, year FROM community_step_was WHERE community = :gone
UNION ALL
SELECT CAST(:merge AS BIGINT), 'source', field, source, CAST(NULL AS BIGINT) FROM field_source WHERE community = :gone AND NOT EXISTS (SELECT 1 FROM field_source s
	WHERE s.community = :kept AND s.field = field_source.field AND s.source = field_source.source);

-- What did not go along after all, the kept page having said the same year.
-- merge_keep_stayed exec
-- in: merge row_id, gone community_id
DELETE FROM community_merge_moved WHERE merge = :merge AND (
	(what = 'figure' AND key IN (SELECT CAST(id AS TEXT) FROM community_figure WHERE community = :gone))
	OR (what = 'figure_was' AND key IN (SELECT CAST(id AS TEXT) FROM community_figure_was WHERE community = :gone))
	OR (what = 'step' AND key IN (SELECT CAST(id AS TEXT) FROM community_step WHERE community = :gone))
	OR (what = 'step_was' AND key IN (SELECT CAST(id AS TEXT) FROM community_step_was WHERE community = :gone)));

-- All that is still of the page before it goes.
-- merge_keep_rest exec
-- in: merge row_id, gone community_id
INSERT INTO community_merge_row (merge, what, a, b, c, d, e, m, n, o, p)
SELECT CAST(:merge AS BIGINT), 'typology', vocabulary, code, CAST(NULL AS TEXT), CAST(NULL AS TEXT), CAST(NULL AS TEXT), CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), CAST(NULL AS BIGINT) FROM community_typology WHERE community = :gone
UNION ALL
SELECT CAST(:merge AS BIGINT), 'feature', feature, CAST(NULL AS TEXT), CAST(NULL AS TEXT), CAST(NULL AS TEXT), CAST(NULL AS TEXT), CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), CAST(NULL AS BIGINT) FROM community_feature WHERE community = :gone
UNION ALL
SELECT CAST(:merge AS BIGINT), 'url', url, CAST(NULL AS TEXT), CAST(NULL AS TEXT), CAST(NULL AS TEXT), CAST(NULL AS TEXT), rank, CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), CAST(NULL AS BIGINT) FROM community_url WHERE community = :gone
UNION ALL
SELECT CAST(:merge AS BIGINT), 'fact', field, value, CAST(NULL AS TEXT), CAST(NULL AS TEXT), CAST(NULL AS TEXT), CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), CAST(NULL AS BIGINT) FROM community_fact WHERE community = :gone
UNION ALL
SELECT CAST(:merge AS BIGINT), 'source', field, source, said, CAST(NULL AS TEXT), CAST(NULL AS TEXT), at, CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), CAST(NULL AS BIGINT) FROM field_source WHERE community = :gone
UNION ALL
SELECT CAST(:merge AS BIGINT), 'figure', kind, note, CAST(NULL AS TEXT), CAST(NULL AS TEXT), CAST(NULL AS TEXT), year, value, said_at, CAST(NULL AS BIGINT) FROM community_figure WHERE community = :gone
UNION ALL
SELECT CAST(:merge AS BIGINT), 'figure_was', kind, note, CAST(NULL AS TEXT), CAST(NULL AS TEXT), CAST(NULL AS TEXT), year, value, said_at, until FROM community_figure_was WHERE community = :gone
UNION ALL
SELECT CAST(:merge AS BIGINT), 'step', kind, note, CAST(NULL AS TEXT), CAST(NULL AS TEXT), CAST(NULL AS TEXT), year, said_at, since, CAST(NULL AS BIGINT) FROM community_step WHERE community = :gone
UNION ALL
SELECT CAST(:merge AS BIGINT), 'step_was', kind, note, CAST(NULL AS TEXT), CAST(NULL AS TEXT), CAST(NULL AS TEXT), year, said_at, since, until FROM community_step_was WHERE community = :gone
UNION ALL
SELECT CAST(:merge AS BIGINT), 'year', CAST(NULL AS TEXT), CAST(NULL AS TEXT), CAST(NULL AS TEXT), CAST(NULL AS TEXT), CAST(NULL AS TEXT), year, CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), until FROM community_year_was WHERE community = :gone
UNION ALL
SELECT CAST(:merge AS BIGINT), 'distinct', o.pub, CAST(NULL AS TEXT), CAST(NULL AS TEXT), CAST(NULL AS TEXT), CAST(NULL AS TEXT), d.said_at, CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), CAST(NULL AS BIGINT) FROM community_distinct d JOIN community o ON o.id = CASE WHEN d.one = :gone THEN d.other ELSE d.one END WHERE d.one = :gone OR d.other = :gone;

-- merge_key_of one
-- in: community community_id
-- out: key text?
SELECT source_key FROM community WHERE id = :community;

-- ---- bringing it back ----

-- merge_mark_undone exec
-- in: id row_id, now instant, by person_id
UPDATE community_merge SET undone_at = :now, undone_by = :by WHERE id = :id AND undone_at IS NULL;

-- merge_key_back exec
-- in: merge row_id, kept community_id
UPDATE community SET source_key = NULL WHERE id = :kept AND source_key = (SELECT source_key FROM community_merge WHERE id = :merge AND gave_key);

-- merge_address_back exec
-- in: merge row_id
DELETE FROM community_moved WHERE pub = (SELECT gone FROM community_merge WHERE id = :merge);

-- merge_page_back one
-- in: merge row_id
-- out: id community_id
INSERT INTO community (pub, name, name_printed, folded, initials, is_cae, is_place, is_collective, is_network, is_public_body, is_company, is_other,
	legal_form, legal_note, siren, siret, activities, story, address, insee, city_printed, region_printed, departement,
	lat_e5, lon_e5, year_started, cg_member, website, email, phone, accessibility, access, functions, source, source_key,
	is_demo, confirmed_at, created_at, dominant, dominant_said)
SELECT gone, name, name_printed, folded, initials, is_cae, is_place, is_collective, is_network, is_public_body, is_company, is_other,
	legal_form, legal_note, siren, siret, activities, story, address, insee, city_printed, region_printed, departement,
	lat_e5, lon_e5, year_started, cg_member, website, email, phone, accessibility, access, functions, source, source_key,
	is_demo, confirmed_at, created_at, dominant, dominant_said
FROM community_merge WHERE id = :merge
RETURNING id;

-- Of the kept page, what the other's sources said and nobody has said anew.
-- merge_sources_off exec
-- in: merge row_id, kept community_id
DELETE FROM field_source WHERE community = :kept AND EXISTS (SELECT 1 FROM community_merge_moved m
	JOIN community_merge_row r ON r.merge = m.merge AND r.what = 'source' AND r.a = m.key AND r.b = m.part
	WHERE m.merge = :merge AND m.what = 'source' AND m.key = field_source.field AND m.part = field_source.source AND r.m = field_source.at);

-- merge_back_photos exec
-- in: merge row_id, kept community_id, back community_id
UPDATE photo SET community = :back,
	rank = (SELECT m.rank FROM community_merge_moved m WHERE m.merge = :merge AND m.what = 'photo' AND m.key = photo.pub)
 WHERE community = :kept AND EXISTS (SELECT 1 FROM community_merge_moved m WHERE m.merge = :merge AND m.what = 'photo' AND m.key = photo.pub);

-- Who has booked, enrolled or signed as a member of the kept page since stays its member: what she did says so.
-- merge_back_memberships exec
-- in: merge row_id, kept community_id, back community_id
UPDATE membership SET community = :back WHERE community = :kept AND EXISTS (SELECT 1 FROM community_merge_moved m WHERE m.merge = :merge AND m.what = 'membership' AND m.key = membership.pub)
	AND NOT EXISTS (SELECT 1 FROM booking b WHERE b.membership = membership.id)
	AND NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.membership = membership.id)
	AND NOT EXISTS (SELECT 1 FROM charter_acceptance a WHERE a.membership = membership.id)
	AND NOT EXISTS (SELECT 1 FROM signature s WHERE s.membership = membership.id);

-- merge_back_invitations exec
-- in: merge row_id, kept community_id, back community_id
UPDATE invitation SET community = :back WHERE community = :kept AND EXISTS (SELECT 1 FROM community_merge_moved m WHERE m.merge = :merge AND m.what = 'invitation' AND m.key = invitation.pub);

-- merge_back_corrections exec
-- in: merge row_id, kept community_id, back community_id
UPDATE correction SET community = :back WHERE community = :kept AND EXISTS (SELECT 1 FROM community_merge_moved m WHERE m.merge = :merge AND m.what = 'correction' AND m.key = correction.pub);

-- merge_back_requests exec
-- in: merge row_id, kept community_id, back community_id
UPDATE confirmation_request SET community = :back WHERE community = :kept AND EXISTS (SELECT 1 FROM community_merge_moved m WHERE m.merge = :merge AND m.what = 'request' AND m.key = CAST(confirmation_request.id AS TEXT) AND m.rank = confirmation_request.sent_at);

-- merge_back_links_from exec
-- in: merge row_id, kept community_id, back community_id
UPDATE link SET from_community = :back WHERE from_community = :kept AND EXISTS (SELECT 1 FROM community_merge_moved m WHERE m.merge = :merge AND m.what = 'link' AND m.key = link.pub);

-- merge_back_links_to exec
-- in: merge row_id, kept community_id, back community_id
UPDATE link SET to_community = :back WHERE to_community = :kept AND EXISTS (SELECT 1 FROM community_merge_moved m WHERE m.merge = :merge AND m.what = 'link' AND m.key = link.pub);

-- merge_back_fiches exec
-- in: merge row_id, kept community_id, back community_id
UPDATE fiche SET community = :back WHERE community = :kept AND EXISTS (SELECT 1 FROM community_merge_moved m WHERE m.merge = :merge AND m.what = 'fiche' AND m.key = fiche.pub);

-- merge_back_asked_fiches exec
-- in: merge row_id, kept community_id, back community_id
UPDATE fiche SET asked_for = :back WHERE asked_for = :kept AND EXISTS (SELECT 1 FROM community_merge_moved m WHERE m.merge = :merge AND m.what = 'asked_fiche' AND m.key = fiche.pub);

-- merge_back_fiche_links exec
-- in: merge row_id, kept community_id, back community_id
UPDATE fiche_link SET community = :back WHERE community = :kept AND EXISTS (SELECT 1 FROM community_merge_moved m WHERE m.merge = :merge AND m.what = 'fiche_link' AND m.key = (SELECT f.pub FROM fiche f WHERE f.id = fiche_link.fiche) AND m.rank = fiche_link.rank);

-- merge_back_actors exec
-- in: merge row_id, kept community_id, back community_id
UPDATE actor SET community = :back WHERE community = :kept AND EXISTS (SELECT 1 FROM community_merge_moved m WHERE m.merge = :merge AND m.what = 'actor' AND m.key = actor.pub);

-- merge_back_stewards exec
-- in: merge row_id, kept community_id, back community_id
UPDATE actor SET steward = :back WHERE steward = :kept AND EXISTS (SELECT 1 FROM community_merge_moved m WHERE m.merge = :merge AND m.what = 'steward' AND m.key = actor.pub);

-- merge_back_runs exec
-- in: merge row_id, kept community_id, back community_id
UPDATE import_run SET community = :back WHERE community = :kept AND EXISTS (SELECT 1 FROM community_merge_moved m WHERE m.merge = :merge AND m.what = 'run' AND m.key = import_run.pub);

-- merge_back_rows exec
-- in: merge row_id, kept community_id, back community_id
UPDATE import_row SET community = :back WHERE community = :kept AND EXISTS (SELECT 1 FROM community_merge_moved m WHERE m.merge = :merge AND m.what = 'row' AND m.key = import_row.pub);

-- merge_back_keys exec
-- in: merge row_id, kept community_id, back community_id
UPDATE import_key SET community = :back WHERE community = :kept AND EXISTS (SELECT 1 FROM community_merge_moved m WHERE m.merge = :merge AND m.what = 'key' AND m.key = import_key.key AND m.part = import_key.source);

-- merge_back_addresses exec
-- in: merge row_id, kept community_id, back community_id
UPDATE community_moved SET community = :back WHERE community = :kept AND EXISTS (SELECT 1 FROM community_merge_moved m WHERE m.merge = :merge AND m.what = 'address' AND m.key = community_moved.pub);

-- merge_back_figures exec
-- in: merge row_id, kept community_id, back community_id
UPDATE community_figure SET community = :back WHERE community = :kept AND EXISTS (SELECT 1 FROM community_merge_moved m WHERE m.merge = :merge AND m.what = 'figure' AND m.key = CAST(community_figure.id AS TEXT) AND m.part = community_figure.kind
	AND COALESCE(m.rank, 0) = COALESCE(community_figure.year, 0));

-- merge_back_figures_were exec
-- in: merge row_id, kept community_id, back community_id
UPDATE community_figure_was SET community = :back WHERE community = :kept AND EXISTS (SELECT 1 FROM community_merge_moved m WHERE m.merge = :merge AND m.what = 'figure_was' AND m.key = CAST(community_figure_was.id AS TEXT) AND m.part = community_figure_was.kind
	AND COALESCE(m.rank, 0) = COALESCE(community_figure_was.year, 0));

-- merge_back_steps exec
-- in: merge row_id, kept community_id, back community_id
UPDATE community_step SET community = :back WHERE community = :kept AND EXISTS (SELECT 1 FROM community_merge_moved m WHERE m.merge = :merge AND m.what = 'step' AND m.key = CAST(community_step.id AS TEXT) AND m.part = community_step.kind
	AND COALESCE(m.rank, 0) = COALESCE(community_step.year, 0));

-- merge_back_steps_were exec
-- in: merge row_id, kept community_id, back community_id
UPDATE community_step_was SET community = :back WHERE community = :kept AND EXISTS (SELECT 1 FROM community_merge_moved m WHERE m.merge = :merge AND m.what = 'step_was' AND m.key = CAST(community_step_was.id AS TEXT) AND m.part = community_step_was.kind
	AND COALESCE(m.rank, 0) = COALESCE(community_step_was.year, 0));

-- merge_put_typologies exec
-- in: merge row_id, back community_id
INSERT INTO community_typology (community, vocabulary, code)
SELECT CAST(:back AS BIGINT), r.a, r.b FROM community_merge_row r WHERE r.merge = :merge AND r.what = 'typology';

-- merge_put_features exec
-- in: merge row_id, back community_id
INSERT INTO community_feature (community, feature)
SELECT CAST(:back AS BIGINT), r.a FROM community_merge_row r WHERE r.merge = :merge AND r.what = 'feature';

-- merge_put_urls exec
-- in: merge row_id, back community_id
INSERT INTO community_url (community, rank, url)
SELECT CAST(:back AS BIGINT), r.m, r.a FROM community_merge_row r WHERE r.merge = :merge AND r.what = 'url';

-- merge_put_facts exec
-- in: merge row_id, back community_id
INSERT INTO community_fact (community, field, value)
SELECT CAST(:back AS BIGINT), r.a, r.b FROM community_merge_row r WHERE r.merge = :merge AND r.what = 'fact';

-- merge_put_sources exec
-- in: merge row_id, back community_id
INSERT INTO field_source (community, field, source, said, at)
SELECT CAST(:back AS BIGINT), r.a, r.b, r.c, r.m FROM community_merge_row r WHERE r.merge = :merge AND r.what = 'source';

-- merge_put_own_figures exec
-- in: merge row_id, back community_id
INSERT INTO community_figure (community, kind, note, year, value, said_at)
SELECT CAST(:back AS BIGINT), r.a, r.b, r.m, r.n, r.o FROM community_merge_row r WHERE r.merge = :merge AND r.what = 'figure';

-- merge_put_own_figures_were exec
-- in: merge row_id, back community_id
INSERT INTO community_figure_was (community, kind, note, year, value, said_at, until)
SELECT CAST(:back AS BIGINT), r.a, r.b, r.m, r.n, r.o, r.p FROM community_merge_row r WHERE r.merge = :merge AND r.what = 'figure_was';

-- merge_put_own_steps exec
-- in: merge row_id, back community_id
INSERT INTO community_step (community, kind, note, year, said_at, since)
SELECT CAST(:back AS BIGINT), r.a, r.b, r.m, r.n, r.o FROM community_merge_row r WHERE r.merge = :merge AND r.what = 'step';

-- merge_put_own_steps_were exec
-- in: merge row_id, back community_id
INSERT INTO community_step_was (community, kind, note, year, said_at, since, until)
SELECT CAST(:back AS BIGINT), r.a, r.b, r.m, r.n, r.o, r.p FROM community_merge_row r WHERE r.merge = :merge AND r.what = 'step_was';

-- merge_put_years_were exec
-- in: merge row_id, back community_id
INSERT INTO community_year_was (community, year, until)
SELECT CAST(:back AS BIGINT), r.m, r.p FROM community_merge_row r WHERE r.merge = :merge AND r.what = 'year';

-- An other end that was merged meanwhile is the page it is now.
-- merge_put_links exec
-- in: merge row_id, back community_id
INSERT INTO link (pub, from_community, to_community, kind, source, from_confirmed_at, to_confirmed_at, started, ended)
SELECT r.d, CASE WHEN r.c = 'from' THEN CAST(:back AS BIGINT) ELSE o.id END, CASE WHEN r.c = 'from' THEN o.id ELSE CAST(:back AS BIGINT) END,
	r.b, r.e, r.m, r.n, r.o, r.p
FROM community_merge_row r JOIN (SELECT pub, id FROM community UNION ALL SELECT pub, community FROM community_moved) o ON o.pub = r.a
WHERE r.merge = :merge AND r.what = 'link' AND o.id <> :back
ON CONFLICT (from_community, to_community, kind) DO NOTHING;

-- merge_put_periods exec
-- in: merge row_id
INSERT INTO link_period (link, started, ended)
SELECT l.id, r.m, r.n FROM community_merge_row r JOIN link l ON l.pub = r.a WHERE r.merge = :merge AND r.what = 'period';

-- merge_put_distinct exec
-- in: merge row_id, back community_id
INSERT INTO community_distinct (one, other, said_at)
SELECT CASE WHEN o.id < :back THEN o.id ELSE CAST(:back AS BIGINT) END, CASE WHEN o.id < :back THEN CAST(:back AS BIGINT) ELSE o.id END, r.m
FROM community_merge_row r JOIN community o ON o.pub = r.a WHERE r.merge = :merge AND r.what = 'distinct' AND o.id <> :back
ON CONFLICT (one, other) DO NOTHING;

-- ---- reading ----

-- merge_by_pub maybe
-- in: pub pubid
-- out: merge_row
SELECT m.id, m.pub, m.gone, m.name, COALESCE(k.name, m.city_printed), m.kept, COALESCE(c.name, i.name, ''), c.id, i.pub, m.merged_at, p.name, m.undone_at, u.name, m.changes
FROM community_merge m LEFT JOIN commune k ON k.insee = m.insee LEFT JOIN community c ON c.pub = m.kept
	LEFT JOIN community_moved v ON v.pub = m.kept LEFT JOIN community i ON i.id = v.community
	LEFT JOIN person p ON p.id = m.merged_by AND p.erased_at IS NULL LEFT JOIN person u ON u.id = m.undone_by AND u.erased_at IS NULL
WHERE m.pub = :pub;

-- q is in either name, or in who merged them.
-- merges_found many
-- in: q text, state merge_state, sort merge_sort, skip int, most int
-- out: merge_row
SELECT m.id, m.pub, m.gone, m.name, COALESCE(k.name, m.city_printed), m.kept, COALESCE(c.name, i.name, ''), c.id, i.pub, m.merged_at, p.name, m.undone_at, u.name, m.changes
FROM community_merge m LEFT JOIN commune k ON k.insee = m.insee LEFT JOIN community c ON c.pub = m.kept
	LEFT JOIN community_moved v ON v.pub = m.kept LEFT JOIN community i ON i.id = v.community
	LEFT JOIN person p ON p.id = m.merged_by AND p.erased_at IS NULL LEFT JOIN person u ON u.id = m.undone_by AND u.erased_at IS NULL
WHERE (:q = '' OR m.folded LIKE '%' || :q || '%' OR c.folded LIKE '%' || :q || '%' OR i.folded LIKE '%' || :q || '%' OR LOWER(p.name) LIKE '%' || :q || '%')
	AND (CAST(:state AS TEXT) IS NULL OR CAST(:state AS TEXT) = CASE WHEN m.undone_at IS NULL THEN 'standing' ELSE 'undone' END)
ORDER BY CASE WHEN CAST(:sort AS TEXT) = 'name' THEN m.folded END NULLS LAST,
	CASE WHEN CAST(:sort AS TEXT) = 'oldest' THEN m.id END NULLS LAST, m.id DESC LIMIT :most OFFSET :skip;

-- merges_count one
-- in: q text, state merge_state
-- out: n int
SELECT COUNT(*) FROM community_merge m LEFT JOIN community c ON c.pub = m.kept
	LEFT JOIN community_moved v ON v.pub = m.kept LEFT JOIN community i ON i.id = v.community
	LEFT JOIN person p ON p.id = m.merged_by AND p.erased_at IS NULL
WHERE (:q = '' OR m.folded LIKE '%' || :q || '%' OR c.folded LIKE '%' || :q || '%' OR i.folded LIKE '%' || :q || '%' OR LOWER(p.name) LIKE '%' || :q || '%')
	AND (CAST(:state AS TEXT) IS NULL OR CAST(:state AS TEXT) = CASE WHEN m.undone_at IS NULL THEN 'standing' ELSE 'undone' END);

-- What would come back, and who stays.
-- merge_counts one
-- in: merge row_id, kept community_id
-- out: merge_counts
SELECT (SELECT COUNT(*) FROM membership WHERE community = :kept AND EXISTS (SELECT 1 FROM community_merge_moved m WHERE m.merge = :merge AND m.what = 'membership' AND m.key = membership.pub) 
	AND NOT EXISTS (SELECT 1 FROM booking b WHERE b.membership = membership.id)
	AND NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.membership = membership.id)
	AND NOT EXISTS (SELECT 1 FROM charter_acceptance a WHERE a.membership = membership.id)
	AND NOT EXISTS (SELECT 1 FROM signature s WHERE s.membership = membership.id)),
	(SELECT COUNT(*) FROM membership WHERE community = :kept AND EXISTS (SELECT 1 FROM community_merge_moved m WHERE m.merge = :merge AND m.what = 'membership' AND m.key = membership.pub) AND NOT (TRUE 
	AND NOT EXISTS (SELECT 1 FROM booking b WHERE b.membership = membership.id)
	AND NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.membership = membership.id)
	AND NOT EXISTS (SELECT 1 FROM charter_acceptance a WHERE a.membership = membership.id)
	AND NOT EXISTS (SELECT 1 FROM signature s WHERE s.membership = membership.id))),
	(SELECT COUNT(*) FROM photo WHERE community = :kept AND EXISTS (SELECT 1 FROM community_merge_moved m WHERE m.merge = :merge AND m.what = 'photo' AND m.key = photo.pub)),
	(SELECT COUNT(*) FROM link WHERE (from_community = :kept OR to_community = :kept) AND EXISTS (SELECT 1 FROM community_merge_moved m WHERE m.merge = :merge AND m.what = 'link' AND m.key = link.pub))
		+ (SELECT COUNT(*) FROM community_merge_row WHERE merge = :merge AND what = 'link'),
	(SELECT COUNT(*) FROM community_merge_row WHERE merge = :merge AND what IN ('figure', 'step'))
		+ (SELECT COUNT(*) FROM community_merge_moved WHERE merge = :merge AND what IN ('figure', 'step')),
	(SELECT COUNT(*) FROM import_key WHERE community = :kept AND EXISTS (SELECT 1 FROM community_merge_moved m WHERE m.merge = :merge AND m.what = 'key' AND m.key = import_key.key AND m.part = import_key.source));
