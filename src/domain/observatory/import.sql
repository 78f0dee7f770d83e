-- use observatory/import

-- import_run_by_pub maybe
-- in: pub pubid
-- out: import_run
SELECT r.id, r.pub, r.label, r.licence, r.format, r.filename, r.plan, r.state, r.failure, r.total, r.done,
	r.person AS person_id, r.community, p.name, a.name, COALESCE(r.offered, FALSE), r.reason, r.created_at, r.ended_at
FROM import_run r LEFT JOIN person p ON p.id = r.person AND p.erased_at IS NULL LEFT JOIN community a ON a.id = r.community WHERE r.pub = :pub;

-- import_run_by_id one
-- in: id row_id
-- out: import_run
SELECT r.id, r.pub, r.label, r.licence, r.format, r.filename, r.plan, r.state, r.failure, r.total, r.done,
	r.person AS person_id, r.community, p.name, a.name, COALESCE(r.offered, FALSE), r.reason, r.created_at, r.ended_at
FROM import_run r LEFT JOIN person p ON p.id = r.person AND p.erased_at IS NULL LEFT JOIN community a ON a.id = r.community WHERE r.id = :id;

-- q is in the name of the source, who handed it over or for whom; `offered` are those for a community alone.
-- import_runs many
-- in: q text, state import_state, format import_format, offered community_id?, sort import_sort, skip int, most int
-- out: import_run
SELECT r.id, r.pub, r.label, r.licence, r.format, r.filename, r.plan, r.state, r.failure, r.total, r.done,
	r.person AS person_id, r.community, p.name, a.name, COALESCE(r.offered, FALSE), r.reason, r.created_at, r.ended_at
FROM import_run r LEFT JOIN person p ON p.id = r.person AND p.erased_at IS NULL LEFT JOIN community a ON a.id = r.community
WHERE (:q = '' OR LOWER(r.label) LIKE '%' || LOWER(:q) || '%' OR LOWER(p.name) LIKE '%' || LOWER(:q) || '%' OR LOWER(a.name) LIKE '%' || LOWER(:q) || '%')
	AND (CAST(:state AS TEXT) IS NULL OR r.state = :state) AND (CAST(:format AS TEXT) IS NULL OR r.format = :format)
	AND (CAST(:offered AS BIGINT) IS NULL OR (r.community = :offered AND r.offered))
ORDER BY CASE WHEN CAST(:sort AS TEXT) = 'source' THEN LOWER(r.label) END NULLS LAST,
	CASE WHEN CAST(:sort AS TEXT) = 'rows' THEN r.total END DESC NULLS LAST,
	CASE WHEN CAST(:sort AS TEXT) = 'oldest' THEN r.id END NULLS LAST, r.id DESC LIMIT :most OFFSET :skip;

-- import_open_of one
-- in: community community_id
-- out: n int
SELECT (SELECT COUNT(*) FROM import_run WHERE community = :community AND offered AND state IN ('waiting', 'reading', 'ready', 'applying'))
	+ (SELECT COUNT(*) FROM import_sheet WHERE community = :community AND offered);

-- The oldest on which there is work.
-- import_run_next maybe
-- out: import_run
SELECT r.id, r.pub, r.label, r.licence, r.format, r.filename, r.plan, r.state, r.failure, r.total, r.done,
	r.person AS person_id, r.community, p.name, a.name, COALESCE(r.offered, FALSE), r.reason, r.created_at, r.ended_at
FROM import_run r LEFT JOIN person p ON p.id = r.person AND p.erased_at IS NULL LEFT JOIN community a ON a.id = r.community
WHERE r.state IN ('waiting', 'reading', 'applying') ORDER BY r.id LIMIT 1;

-- import_file_of maybe
-- in: run row_id
-- out: bytes octets
SELECT bytes FROM import_file WHERE run = :run;

-- import_file_drop exec
-- in: run row_id
DELETE FROM import_file WHERE run = :run;

-- import_rows_drop exec
-- in: run row_id
DELETE FROM import_row WHERE run = :run;

-- import_run_counted exec
-- in: run row_id, total int
UPDATE import_run SET total = :total, state = 'reading' WHERE id = :run AND state IN ('waiting', 'reading');

-- import_run_step exec
-- in: run row_id, done int
UPDATE import_run SET done = :done WHERE id = :run AND state = 'reading';

-- import_run_move exec
-- in: run row_id, from_state import_state, to_state import_state, failure text?, ended_at instant?
UPDATE import_run SET state = :to_state, failure = :failure, ended_at = :ended_at WHERE id = :run AND state = :from_state;

-- import_run_refused exec
-- in: id row_id, reason text?
UPDATE import_run SET reason = :reason WHERE id = :id;

-- What a run has written since a moment: pages made, and pages completed.
-- import_written_since one
-- in: run row_id, since instant
-- out: made int, completed int
SELECT CAST(COALESCE(SUM(CASE WHEN decision = 'create' THEN 1 ELSE 0 END), 0) AS BIGINT),
	CAST(COALESCE(SUM(CASE WHEN decision = 'merge' THEN 1 ELSE 0 END), 0) AS BIGINT)
FROM import_row WHERE run = :run AND written_at >= :since;

-- Many at once: [pub, line, key, name, said, record, problems, outcome, community, score, reasons, decision].
-- import_rows_put exec
-- in: run row_id, rows json
INSERT INTO import_row (run, pub, line, key, name, said, record, problems, outcome, community, score, reasons, decision, taken)
SELECT :run, value ->> 0, CAST(value ->> 1 AS BIGINT), value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7,
	CAST(value ->> 8 AS BIGINT), CAST(value ->> 9 AS BIGINT), value ->> 10, value ->> 11, ''
-- sqlite
FROM json_each(:rows)
-- postgres
FROM jsonb_array_elements(CAST(:rows AS jsonb)) AS t (value)
-- both
WHERE TRUE ORDER BY CAST(value ->> 1 AS BIGINT);

-- import_arrival_by_pub maybe
-- in: pub pubid
-- out: import_arrival
SELECT id, pub, run, line, key, name, said, record, problems, outcome, community, score, reasons, decision, taken, written_at
FROM import_row WHERE pub = :pub;

-- q is in the name or in what the source calls it.
-- import_arrivals many
-- in: run row_id, outcome import_outcome, decision import_decision, state arrival_state, q text, sort arrival_sort, skip int, most int
-- out: import_arrival
SELECT id, pub, run, line, key, name, said, record, problems, outcome, community, score, reasons, decision, taken, written_at
FROM import_row WHERE run = :run AND (CAST(:outcome AS TEXT) IS NULL OR outcome = :outcome)
	AND (CAST(:decision AS TEXT) IS NULL OR decision = :decision)
	AND (CAST(:state AS TEXT) IS NULL OR CAST(:state AS TEXT) = CASE WHEN written_at IS NOT NULL THEN 'written' WHEN outcome = 'bad' THEN 'refused'
		WHEN decision = 'wait' THEN 'waiting' WHEN decision IN ('create', 'merge') AND outcome <> 'same' THEN 'todo' ELSE 'nothing' END)
	AND (:q = '' OR LOWER(name) LIKE '%' || LOWER(:q) || '%' OR LOWER(key) LIKE '%' || LOWER(:q) || '%')
ORDER BY CASE WHEN CAST(:sort AS TEXT) = 'name' THEN LOWER(name) END NULLS LAST,
	CASE WHEN CAST(:sort AS TEXT) = 'likely' THEN score END DESC NULLS LAST, line, id LIMIT :most OFFSET :skip;

-- import_arrivals_todo many
-- in: run row_id
-- out: import_arrival
SELECT id, pub, run, line, key, name, said, record, problems, outcome, community, score, reasons, decision, taken, written_at
FROM import_row WHERE run = :run AND decision IN ('create', 'merge') AND outcome <> 'same' AND written_at IS NULL ORDER BY id;

-- import_counts many
-- in: run row_id
-- out: import_count
SELECT outcome, COUNT(*), CAST(SUM(CASE WHEN decision = 'wait' THEN 1 ELSE 0 END) AS BIGINT),
	CAST(SUM(CASE WHEN decision IN ('create', 'merge') AND outcome <> 'same' AND written_at IS NULL THEN 1 ELSE 0 END) AS BIGINT),
	CAST(SUM(CASE WHEN written_at IS NOT NULL THEN 1 ELSE 0 END) AS BIGINT)
FROM import_row WHERE run = :run GROUP BY outcome ORDER BY outcome;

-- import_arrival_decide exec
-- in: id row_id, decision import_decision, taken text
UPDATE import_row SET decision = :decision, taken = :taken WHERE id = :id AND written_at IS NULL AND outcome <> 'bad';

-- import_decide_rows exec
-- in: run row_id, outcome import_outcome, decision import_decision
UPDATE import_row SET decision = :decision WHERE run = :run AND outcome = :outcome AND written_at IS NULL AND outcome <> 'bad'
	AND (community IS NOT NULL OR :decision <> 'merge');

-- Many at once: [id, community].
-- import_rows_written exec
-- in: rows json, now instant
UPDATE import_row SET written_at = :now, community = w.community
FROM (SELECT CAST(value ->> 0 AS BIGINT) AS id, CAST(value ->> 1 AS BIGINT) AS community
-- sqlite
FROM json_each(:rows)
-- postgres
FROM jsonb_array_elements(CAST(:rows AS jsonb)) AS t (value)
-- both
) AS w WHERE import_row.id = w.id;

-- import_keys many
-- in: source text
-- out: import_key_row
SELECT key, community FROM import_key WHERE source = :source;

-- Many at once: [key, community, day].
-- import_keys_put exec
-- in: source text, rows json, now instant
INSERT INTO import_key (source, key, community, said_on, imported_at)
SELECT :source, value ->> 0, CAST(value ->> 1 AS BIGINT), CAST(value ->> 2 AS BIGINT), :now
-- sqlite
FROM json_each(:rows)
-- postgres
FROM jsonb_array_elements(CAST(:rows AS jsonb)) AS t (value)
-- both
WHERE TRUE
ON CONFLICT (source, key) DO UPDATE SET community = excluded.community, said_on = excluded.said_on, imported_at = excluded.imported_at;

-- match_rows many
-- out: match_row
SELECT c.id, c.pub, c.name, c.folded, c.siret, c.insee, c.departement, COALESCE(c.lat_e5, k.lat_e5), COALESCE(c.lon_e5, k.lon_e5),
	c.lat_e5 IS NOT NULL AND COALESCE(c.lat_e5 <> k.lat_e5 OR c.lon_e5 <> k.lon_e5, TRUE), c.website, c.email, c.phone,
	COALESCE(k.name, c.city_printed)
FROM community c LEFT JOIN commune k ON k.insee = c.insee ORDER BY c.id;

-- match_moved many
-- out: pub pubid, community community_id
SELECT pub, community FROM community_moved;

-- community_pub_taken one
-- in: pub pubid
-- out: taken bool
SELECT EXISTS (SELECT 1 FROM community WHERE pub = :pub) OR EXISTS (SELECT 1 FROM community_moved WHERE pub = :pub);

-- import_facts many
-- in: community community_id
-- out: import_fact
SELECT field, value FROM community_fact WHERE community = :community;

-- Several at once: [field, value].
-- import_facts_put exec
-- in: community community_id, rows json
INSERT INTO community_fact (community, field, value)
SELECT :community, value ->> 0, value ->> 1
-- sqlite
FROM json_each(:rows)
-- postgres
FROM jsonb_array_elements(CAST(:rows AS jsonb)) AS t (value)
-- both
WHERE TRUE
ON CONFLICT (community, field) DO UPDATE SET value = excluded.value;

-- import_fact_drop exec
-- in: community community_id, field text
DELETE FROM community_fact WHERE community = :community AND field = :field;

-- A record that no source gave is its steward's, and so is one she confirmed.
-- import_extra_of one
-- in: community community_id
-- out: import_extra
SELECT c.pub, c.city_printed, c.source,
	c.lat_e5 IS NOT NULL AND c.lon_e5 IS NOT NULL AND COALESCE(c.lat_e5 <> k.lat_e5 OR c.lon_e5 <> k.lon_e5, TRUE),
	c.confirmed_at IS NOT NULL OR (c.source IS NULL AND NOT EXISTS (SELECT 1 FROM import_key i WHERE i.community = c.id))
FROM community c LEFT JOIN commune k ON k.insee = c.insee WHERE c.id = :community;

-- import_city_set exec
-- in: community community_id, city text?
UPDATE community SET city_printed = :city WHERE id = :community;

-- import_opening_of maybe
-- in: community community_id
-- out: opening text
SELECT opening FROM place WHERE community = :community;
