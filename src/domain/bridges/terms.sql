-- use bridges/convention

-- convention_by_id one
-- in: id convention_id
-- out: convention_row
SELECT id, pub, runner, name, kind, state, chain, from_day, to_day, open_to_join FROM convention WHERE id = :id;

-- convention_by_pub maybe
-- in: pub pubid
-- out: convention_row
SELECT id, pub, runner, name, kind, state, chain, from_day, to_day, open_to_join FROM convention WHERE pub = :pub;

-- convention_lock one
-- in: id convention_id
-- out: state convention_state
SELECT state FROM convention WHERE id = :id
-- postgres
FOR NO KEY UPDATE
-- both
;

-- convention_insert one
-- in: convention_row, now instant, by person_id
-- out: id convention_id
INSERT INTO convention (pub, runner, name, kind, state, chain, from_day, to_day, open_to_join, created_at, created_by)
VALUES (:pub, :runner, :name, :kind, :state, :chain, :from_day, :to_day, :open_to_join, :now, :by)
RETURNING id;

-- convention_update exec
-- in: convention_row
UPDATE convention SET name = :name, state = :state, from_day = :from_day, to_day = :to_day, open_to_join = :open_to_join WHERE id = :id;

-- version_insert one
-- in: version_row
-- out: id version_id
INSERT INTO convention_version (pub, convention, number, text, charter, credit_per_day, workshop_value, workshop_credit, workshop_bands,
	workshop_minimum, workshop_eligible, workshop_debit, room_free, due_days, credit_limit, no_show, late, late_hours, remind_days, expiry, contribution, contribution_for,
	contribution_payee, retention_months, hash, proposed_at, in_force)
VALUES (:pub, :convention, :number, :text, :charter, :credit_per_day, :workshop_value, :workshop_credit, :workshop_bands,
	:workshop_minimum, :workshop_eligible, :workshop_debit, :room_free, :due_days, :credit_limit, :no_show, :late, :late_hours, :remind_days, :expiry, :contribution,
	:contribution_for, :contribution_payee, :retention_months, :hash, :proposed_at, :in_force)
RETURNING id;

-- version_update exec
-- in: version_row
UPDATE convention_version SET text = :text, charter = :charter, credit_per_day = :credit_per_day, workshop_value = :workshop_value,
	workshop_credit = :workshop_credit, workshop_bands = :workshop_bands, workshop_minimum = :workshop_minimum,
	workshop_eligible = :workshop_eligible, workshop_debit = :workshop_debit, room_free = :room_free, due_days = :due_days, credit_limit = :credit_limit, no_show = :no_show,
	late = :late, late_hours = :late_hours, remind_days = :remind_days, expiry = :expiry, retention_months = :retention_months,
	contribution = :contribution, contribution_for = :contribution_for, contribution_payee = :contribution_payee, in_force = :in_force,
	hash = :hash, proposed_at = :proposed_at
WHERE id = :id AND hash IS NULL;

-- version_last one
-- in: convention convention_id
-- out: version_row
SELECT id, pub, convention, number, text, charter, credit_per_day, workshop_value, workshop_credit, workshop_bands,
	workshop_minimum, workshop_eligible, workshop_debit, room_free, due_days, credit_limit, no_show, late, late_hours, remind_days, expiry, contribution, contribution_for,
	contribution_payee, retention_months, hash, proposed_at, in_force
FROM convention_version WHERE convention = :convention ORDER BY number DESC LIMIT 1;

-- version_by_pub maybe
-- in: pub pubid
-- out: version_row
SELECT id, pub, convention, number, text, charter, credit_per_day, workshop_value, workshop_credit, workshop_bands,
	workshop_minimum, workshop_eligible, workshop_debit, room_free, due_days, credit_limit, no_show, late, late_hours, remind_days, expiry, contribution, contribution_for,
	contribution_payee, retention_months, hash, proposed_at, in_force
FROM convention_version WHERE pub = :pub;

-- grant_insert one
-- in: grant_row
-- out: id grant_id
INSERT INTO grant_rule (pub, version, rank, name, statuses, space_kinds, measure, price_kind, price_value, period, per_person, per_sender,
	per_place, from_day, to_day, lineage)
VALUES (:pub, :version, :rank, :name, :statuses, :space_kinds, :measure, :price_kind, :price_value, :period, :per_person, :per_sender,
	:per_place, :from_day, :to_day, :lineage)
RETURNING id;

-- grant_update exec
-- in: grant_row
UPDATE grant_rule SET name = :name, statuses = :statuses, space_kinds = :space_kinds, measure = :measure, price_kind = :price_kind,
	price_value = :price_value, period = :period, per_person = :per_person, per_sender = :per_sender, per_place = :per_place,
	from_day = :from_day, to_day = :to_day
WHERE id = :id;

-- grants_of_version many
-- in: version version_id
-- out: grant_row
SELECT id, pub, version, rank, name, statuses, space_kinds, measure, price_kind, price_value, period, per_person, per_sender, per_place,
	from_day, to_day, lineage
FROM grant_rule WHERE version = :version ORDER BY rank, id;

-- grant_by_pub maybe
-- in: pub pubid
-- out: grant_row
SELECT id, pub, version, rank, name, statuses, space_kinds, measure, price_kind, price_value, period, per_person, per_sender, per_place,
	from_day, to_day, lineage
FROM grant_rule WHERE pub = :pub;

-- convention_of_grant one
-- in: id grant_id
-- out: convention_row
SELECT c.id, c.pub, c.runner, c.name, c.kind, c.state, c.chain, c.from_day, c.to_day, c.open_to_join
FROM grant_rule g JOIN convention_version v ON v.id = g.version JOIN convention c ON c.id = v.convention WHERE g.id = :id;

-- grant_rank exec
-- in: id grant_id, rank int
UPDATE grant_rule SET rank = :rank WHERE id = :id;

-- grant_delete exec
-- in: id grant_id
DELETE FROM grant_rule WHERE id = :id;

-- conventions_of many
-- in: me community_id
-- out: convention_line
SELECT c.pub, c.name, c.kind, c.state, c.from_day, c.to_day, r.name, p.side, p.state, c.runner = :me
FROM convention c JOIN community r ON r.id = c.runner LEFT JOIN party p ON p.convention = c.id AND p.community = :me
WHERE c.runner = :me OR (p.id IS NOT NULL AND c.state <> 'draft')
ORDER BY c.from_day DESC, c.id DESC;

-- conventions_open many
-- in: me community_id
-- out: convention_line
SELECT c.pub, c.name, c.kind, c.state, c.from_day, c.to_day, r.name, NULL, NULL, FALSE
FROM convention c JOIN community r ON r.id = c.runner
WHERE c.state = 'open' AND c.open_to_join AND c.runner <> :me
	AND NOT EXISTS (SELECT 1 FROM party p WHERE p.convention = c.id AND p.community = :me)
ORDER BY c.from_day DESC, c.id DESC LIMIT 100;

-- versions_fixed many
-- in: convention convention_id?
-- out: version_row
SELECT id, pub, convention, number, text, charter, credit_per_day, workshop_value, workshop_credit, workshop_bands,
	workshop_minimum, workshop_eligible, workshop_debit, room_free, due_days, credit_limit, no_show, late, late_hours, remind_days, expiry, contribution, contribution_for,
	contribution_payee, retention_months, hash, proposed_at, in_force
FROM convention_version WHERE hash IS NOT NULL AND (:convention IS NULL OR convention = :convention) ORDER BY convention, number;

-- What may be signed now.
-- version_offered one
-- in: convention convention_id
-- out: version_row
SELECT id, pub, convention, number, text, charter, credit_per_day, workshop_value, workshop_credit, workshop_bands,
	workshop_minimum, workshop_eligible, workshop_debit, room_free, due_days, credit_limit, no_show, late, late_hours, remind_days, expiry, contribution, contribution_for,
	contribution_payee, retention_months, hash, proposed_at, in_force
FROM convention_version WHERE convention = :convention AND hash IS NOT NULL ORDER BY number DESC LIMIT 1;

-- conventions_over many
-- in: today day
-- out: id convention_id
SELECT id FROM convention WHERE state = 'open' AND to_day < :today ORDER BY id;

-- The last day that a text of it which was proposed gives anything.
-- convention_reach one
-- in: id convention_id
-- out: day day?
SELECT MAX(g.to_day) FROM grant_rule g JOIN convention_version v ON v.id = g.version AND v.hash IS NOT NULL WHERE v.convention = :id;

-- version_of_grant one
-- in: grant grant_id
-- out: pub pubid
SELECT v.pub FROM grant_rule g JOIN convention_version v ON v.id = g.version WHERE g.id = :grant;

-- grant_pub_by_id one
-- in: id grant_id
-- out: pub pubid
SELECT pub FROM grant_rule WHERE id = :id;

-- version_numbered maybe
-- in: convention convention_id, number int
-- out: version_row
SELECT id, pub, convention, number, text, charter, credit_per_day, workshop_value, workshop_credit, workshop_bands,
	workshop_minimum, workshop_eligible, workshop_debit, room_free, due_days, credit_limit, no_show, late, late_hours, remind_days, expiry, contribution, contribution_for,
	contribution_payee, retention_months, hash, proposed_at, in_force
FROM convention_version WHERE convention = :convention AND number = :number AND hash IS NOT NULL;

-- version_delete exec
-- in: id version_id
DELETE FROM convention_version WHERE id = :id AND hash IS NULL;

-- grants_delete exec
-- in: version version_id
DELETE FROM grant_rule WHERE version = :version;

-- convention_delete exec
-- in: id convention_id
DELETE FROM convention WHERE id = :id AND state = 'draft';
