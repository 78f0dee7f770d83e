-- use observatory/indicator

-- The places of a territory as they were on a day, or are to be known: each
-- with what was said of it with a date. The study's revenue bears no year and is
-- what its own inventory is counted on; elsewhere the latest year that is known.
-- known_records many
-- in: kind text, code text, source text, on_day day, at instant, year int, study_at instant
-- out: place_record
SELECT c.pub, c.name, COALESCE(k.name, c.city_printed), COALESCE(k.departement, c.departement),
	(SELECT MIN(r.name) FROM place_territory g JOIN region r ON r.code = g.code WHERE g.community = c.id AND g.kind = 'region'),
	CASE WHEN b.id IS NULL THEN c.year_started ELSE b.year END,
	(SELECT f.value FROM figure_told f WHERE f.community = c.id AND f.kind = 'revenue_keur' AND f.value IS NOT NULL
		AND COALESCE(f.year, 2018) <= :year AND f.since <= :at AND f.until > :at
		ORDER BY CASE WHEN :source <> '' AND f.year IS NULL THEN 0 ELSE 1 END, f.year DESC NULLS LAST, f.id DESC LIMIT 1),
	CASE WHEN w.id IS NULL THEN c.legal_form ELSE w.value END, c.legal_note,
	CASE WHEN v.id IS NULL THEN c.is_cae ELSE v.value = '1' END,
	(SELECT COUNT(*) FROM link l WHERE l.kind = 'linked_cae' AND (l.from_community = c.id OR l.to_community = c.id)
		AND ((COALESCE(l.started, CASE WHEN l.source = 'study-2018' THEN :study_at ELSE COALESCE(l.from_confirmed_at, l.to_confirmed_at, 0) END
				/ 86400) <= :on_day AND (l.ended IS NULL OR l.ended > :on_day))
			OR EXISTS (SELECT 1 FROM link_period q WHERE q.link = l.id AND q.started <= :on_day AND q.ended > :on_day))),
	k.insee IS NOT NULL, c.folded, k.folded,
	(SELECT MAX(s.year) FROM step_told s WHERE s.community = c.id AND s.kind = 'becoming_scic' AND s.year <= :year
		AND s.since <= :at AND s.until > :at), TRUE, TRUE,
	CASE WHEN c.source = 'study-2018' THEN :study_at ELSE c.created_at END,
	(SELECT MAX(x.until) FROM community_was x WHERE x.community = c.id AND x.field = 'legal_form' AND x.until <= :at),
	(SELECT x.kind FROM step_told x WHERE x.community = c.id AND x.kind NOT IN ('becoming_scic', 'closed') AND x.year <= :year
		AND x.since <= :at AND x.until > :at ORDER BY x.year DESC, x.id DESC LIMIT 1),
	(SELECT MAX(x.year) FROM step_told x WHERE x.community = c.id AND x.kind NOT IN ('becoming_scic', 'closed') AND x.year <= :year
		AND x.since <= :at AND x.until > :at),
	(SELECT x.kind FROM step_told x WHERE x.community = c.id AND x.kind NOT IN ('becoming_scic', 'closed') AND x.year > :year
		AND x.since <= :at AND x.until > :at ORDER BY x.year, x.id LIMIT 1),
	(SELECT MIN(x.year) FROM step_told x WHERE x.community = c.id AND x.kind = 'closed' AND x.year <= :year
		AND x.since <= :at AND x.until > :at),
	CASE WHEN p.id IS NULL THEN c.is_place ELSE p.value = '1' END
FROM place_territory t
JOIN community c ON c.id = t.community
LEFT JOIN commune k ON k.insee = c.insee
LEFT JOIN community_was w ON w.id = (SELECT x.id FROM community_was x
	WHERE x.community = c.id AND x.field = 'legal_form' AND x.until > :at ORDER BY x.until, x.id LIMIT 1)
LEFT JOIN community_was v ON v.id = (SELECT x.id FROM community_was x
	WHERE x.community = c.id AND x.field = 'is_cae' AND x.until > :at ORDER BY x.until, x.id LIMIT 1)
LEFT JOIN community_was p ON p.id = (SELECT x.id FROM community_was x
	WHERE x.community = c.id AND x.field = 'is_place' AND x.until > :at ORDER BY x.until, x.id LIMIT 1)
LEFT JOIN community_year_was b ON b.id = (SELECT x.id FROM community_year_was x
	WHERE x.community = c.id AND x.until > :at ORDER BY x.until, x.id LIMIT 1)
WHERE t.kind = :kind AND t.code = :code AND (:source = '' OR c.source = :source)
ORDER BY c.folded, c.id;

-- Of all places, no more than says whether they were open: there may be fifty thousand.
-- known_standings many
-- in: source text, at instant, year int, study_at instant
-- out: place_standing
SELECT c.pub,
	COALESCE((SELECT x.year FROM community_year_was x WHERE x.community = c.id AND x.until > :at ORDER BY x.until, x.id LIMIT 1),
		c.year_started),
	CASE WHEN c.source = 'study-2018' THEN :study_at ELSE c.created_at END,
	(SELECT MIN(x.year) FROM step_told x WHERE x.community = c.id AND x.kind = 'closed' AND x.year <= :year
		AND x.since <= :at AND x.until > :at),
	COALESCE((SELECT x.value = '1' FROM community_was x WHERE x.community = c.id AND x.field = 'is_place'
		AND x.until > :at ORDER BY x.until, x.id LIMIT 1), c.is_place)
FROM place_ever t JOIN community c ON c.id = t.id
WHERE :source = '' OR c.source = :source
ORDER BY c.id;

-- Communities that are no places: those that had begun, or were known, and had not closed.
-- known_others many
-- in: at instant, year int, study_at instant
-- out: pub pubid
SELECT c.pub FROM community c
LEFT JOIN community_year_was b ON b.id = (SELECT x.id FROM community_year_was x
	WHERE x.community = c.id AND x.until > :at ORDER BY x.until, x.id LIMIT 1)
WHERE NOT c.is_place AND (COALESCE(b.year, c.year_started) <= :year OR (b.year IS NULL AND c.year_started IS NULL
		AND CASE WHEN c.source = 'study-2018' THEN :study_at ELSE c.created_at END <= :at))
	AND NOT EXISTS (SELECT 1 FROM step_told s WHERE s.community = c.id AND s.kind = 'closed' AND s.year <= :year
		AND s.since <= :at AND s.until > :at);

-- known_since_when maybe
-- out: at text
SELECT value FROM setting WHERE name = 'dated-since';
