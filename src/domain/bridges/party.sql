-- use bridges/terms
-- use bridges/convention

-- party_insert exec
-- in: pub pubid, convention convention_id, community community_id, side party_side, now instant
INSERT INTO party (pub, convention, community, side, state, invited_at)
VALUES (:pub, :convention, :community, :side, 'invited', :now);

-- party_of maybe
-- in: convention convention_id, community community_id
-- out: party_row
SELECT id, pub, convention, community, side, state, version, invited_at, answered_at, leaves_on, insurance_kind, insurer, insured_until, asked_back_at, suspended_why
FROM party WHERE convention = :convention AND community = :community;

-- party_by_pub maybe
-- in: pub pubid
-- out: party_row
SELECT id, pub, convention, community, side, state, version, invited_at, answered_at, leaves_on, insurance_kind, insurer, insured_until, asked_back_at, suspended_why
FROM party WHERE pub = :pub;

-- party_lock one
-- in: id party_id
-- out: state party_state
SELECT state FROM party WHERE id = :id
-- postgres
FOR NO KEY UPDATE
-- both
;

-- party_update exec
-- in: party_row
UPDATE party SET side = :side, state = :state, version = :version, answered_at = :answered_at, leaves_on = :leaves_on,
	insurance_kind = :insurance_kind, insurer = :insurer, insured_until = :insured_until, asked_back_at = :asked_back_at, suspended_why = :suspended_why
WHERE id = :id;

-- party_shown_of one
-- in: id party_id
-- out: shown bool
SELECT COALESCE(shown, FALSE) FROM party WHERE id = :id;

-- party_show exec
-- in: id party_id, shown bool
UPDATE party SET shown = :shown WHERE id = :id;

-- party_counts one
-- in: convention convention_id
-- out: hosts int, senders int
SELECT CAST(COALESCE(SUM(CASE WHEN side IN ('host', 'both') THEN 1 ELSE 0 END), 0) AS BIGINT),
	CAST(COALESCE(SUM(CASE WHEN side IN ('sender', 'both') THEN 1 ELSE 0 END), 0) AS BIGINT)
FROM party WHERE convention = :convention;

-- parties_of many
-- in: convention convention_id
-- out: party_line
SELECT p.pub, p.side, p.state, c.id, c.pub, c.name, c.initials,
	CASE WHEN c.is_place THEN 'place' WHEN c.is_cae THEN 'cae' WHEN c.is_network THEN 'network' WHEN c.is_collective THEN 'collective'
		WHEN c.is_public_body THEN 'public_body' WHEN c.is_company THEN 'company' ELSE 'other' END,
	COALESCE(k.name, c.city_printed), c.departement, p.answered_at, p.leaves_on, p.insurer, p.insured_until,
	(SELECT v.number FROM convention_version v WHERE v.id = p.version),
	(SELECT n.name FROM signature s JOIN person n ON n.id = s.person WHERE s.party = p.id ORDER BY s.id DESC LIMIT 1),
	(SELECT MAX(r.back_on) FROM party_return r WHERE r.party = p.id), p.asked_back_at IS NOT NULL,
	p.state = 'refused' OR (p.state = 'left' AND p.asked_back_at IS NULL)
FROM party p JOIN community c ON c.id = p.community LEFT JOIN commune k ON k.insee = c.insee
WHERE p.convention = :convention ORDER BY p.side, c.folded;

-- parties_suspended many
-- in: convention convention_id
-- out: party_suspended
SELECT p.pub, c.name, p.suspended_why FROM party p JOIN community c ON c.id = p.community
WHERE p.convention = :convention AND p.state = 'suspended' AND p.suspended_why IS NOT NULL ORDER BY c.folded;

-- party_candidates many
-- in: convention convention_id
-- out: pub pubid, name text
SELECT c.pub, c.name FROM community c
WHERE (c.is_cae OR c.is_place OR c.is_collective)
	AND EXISTS (SELECT 1 FROM membership m WHERE m.community = c.id AND m.ended IS NULL)
	AND NOT EXISTS (SELECT 1 FROM party p WHERE p.convention = :convention AND p.community = c.id)
ORDER BY c.folded LIMIT 500;

-- party_delete exec
-- in: id party_id
DELETE FROM party WHERE id = :id AND version IS NULL;

-- parties_delete exec
-- in: convention convention_id
DELETE FROM party WHERE convention = :convention AND version IS NULL;

-- Parties whose text it is.
-- version_held one
-- in: version version_id
-- out: n int
SELECT COUNT(*) FROM party WHERE version = :version AND state = 'active';

-- Each party once, whether it came back or not.
-- version_signers one
-- in: version version_id
-- out: n int
SELECT COUNT(DISTINCT party) FROM signature WHERE version = :version;

-- Since it came in, or back.
-- signature_of maybe
-- in: party party_id, version version_id
-- out: pub pubid
SELECT pub FROM standing_signature WHERE party = :party AND version = :version AND until IS NULL;

-- party_since one
-- in: party party_id
-- out: at instant?
SELECT MIN(at) FROM standing_signature WHERE party = :party AND until IS NULL;

-- party_return_insert exec
-- in: party party_id, from_day day, left_on day, back_on day, back_at instant
INSERT INTO party_return (party, from_day, left_on, back_on, back_at) VALUES (:party, :from_day, :left_on, :back_on, :back_at);

-- party_returns_of many
-- in: convention convention_id
-- out: party_time
SELECT c.pub, c.name, r.from_day, r.left_on, r.back_on
FROM party_return r JOIN party p ON p.id = r.party JOIN community c ON c.id = p.community
WHERE p.convention = :convention ORDER BY c.folded, r.id;

-- parties_gone many
-- in: today day
-- out: party_row
SELECT id, pub, convention, community, side, state, version, invited_at, answered_at, leaves_on, insurance_kind, insurer, insured_until, asked_back_at, suspended_why
FROM party WHERE state IN ('leaving', 'suspended') AND leaves_on < :today ORDER BY id;

-- version_number one
-- in: version version_id
-- out: number int
SELECT number FROM convention_version WHERE id = :version;

-- signature_insert exec
-- in: pub pubid, party party_id, version version_id, hash hash, person person_id, membership membership_id, now instant
INSERT INTO signature (pub, party, version, hash, person, membership, at)
VALUES (:pub, :party, :version, :hash, :person, :membership, :now);

-- contribution_call exec
-- in: pub pubid, party party_id, amount money, called_on day
INSERT INTO contribution (pub, party, amount, called_on) VALUES (:pub, :party, :amount, :called_on)
ON CONFLICT (party) DO NOTHING;

-- contribution_paid exec
-- in: party party_id, today day, by person_id
UPDATE contribution SET paid_on = :today, noted_by = :by WHERE party = :party AND paid_on IS NULL;

-- me none: of all.
-- contributions_of many
-- in: convention convention_id, me community_id?
-- out: contribution_line
SELECT p.pub, c.name, k.amount, k.called_on, k.paid_on
FROM contribution k JOIN party p ON p.id = k.party JOIN community c ON c.id = p.community
WHERE p.convention = :convention AND (:me IS NULL OR p.community = :me) ORDER BY c.folded;

-- versions_signed many
-- in: convention convention_id
-- out: pub pubid, number int, in_force day, proposed_at instant, hash hash, n int
SELECT v.pub, v.number, v.in_force, v.proposed_at, v.hash, (SELECT COUNT(DISTINCT s.party) FROM signature s WHERE s.version = v.id)
FROM convention_version v WHERE v.convention = :convention AND v.hash IS NOT NULL ORDER BY v.number DESC;

-- charter_accepted maybe
-- in: version version_id, person person_id
-- out: pub pubid
SELECT pub FROM charter_acceptance WHERE version = :version AND person = :person;

-- charter_insert exec
-- in: pub pubid, version version_id, person person_id, membership membership_id, hash hash, now instant, at_place community_id?
INSERT INTO charter_acceptance (pub, version, person, membership, hash, at, at_place)
VALUES (:pub, :version, :person, :membership, :hash, :now, :at_place);
