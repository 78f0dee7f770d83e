-- use people/community

-- demo_convention_insert one
-- in: demo_convention
-- out: id convention_id
INSERT INTO convention (pub, runner, name, kind, state, chain, from_day, to_day, open_to_join, created_at, created_by)
VALUES (:pub, :runner, :name, :kind, :state, :chain, :from_day, :to_day, :open_to_join, :at, :by)
RETURNING id;

-- demo_version_insert one
-- in: demo_version
-- out: id version_id
INSERT INTO convention_version (pub, convention, number, text, charter, credit_per_day, workshop_value, workshop_credit, workshop_minimum,
	workshop_eligible, workshop_debit, room_free, due_days, credit_limit, no_show, late, late_hours, remind_days, expiry, contribution, contribution_for,
	contribution_payee, retention_months, proposed_at, in_force)
VALUES (:pub, :convention, 1, :text, :charter, :credit_per_day, 'flat', :workshop_credit, 3,
	'everyone', 'host', TRUE, :due_days, :credit_limit, 'counts', 'counts', 24, 30, 'honoured', :contribution, 'Frais communs du réseau',
	:contribution_payee, 12, :proposed_at, :in_force)
RETURNING id;

-- demo_grant_insert one
-- in: demo_grant
-- out: id grant_id
INSERT INTO grant_rule (pub, version, rank, name, statuses, space_kinds, measure, price_kind, price_value, period, per_person, per_sender,
	from_day, to_day)
VALUES (:pub, :version, :rank, :name, :statuses, :space_kinds, :measure, 'free', 0, 'year', :per_person, :per_sender, :from_day, :to_day)
RETURNING id;

-- demo_party_insert one
-- in: demo_party
-- out: id party_id
INSERT INTO party (pub, convention, community, side, state, version, invited_at, answered_at, leaves_on, insurance_kind, insurer, insured_until, suspended_why, shown)
VALUES (:pub, :convention, :community, :side, :state, :version, :invited_at, :answered_at, :leaves_on, :insurance_kind, :insurer, :insured_until, :suspended_why, TRUE)
RETURNING id;

-- demo_signature_insert exec
-- in: pub pubid, party party_id, version version_id, hash_ hash, person person_id, membership membership_id, at instant
INSERT INTO signature (pub, party, version, hash, person, membership, at)
VALUES (:pub, :party, :version, :hash_, :person, :membership, :at);

-- demo_charter_insert exec
-- in: pub pubid, version version_id, person person_id, membership membership_id, hash_ hash, at instant
INSERT INTO charter_acceptance (pub, version, person, membership, hash, at)
VALUES (:pub, :version, :person, :membership, :hash_, :at);

-- demo_contribution_insert exec
-- in: pub pubid, party party_id, amount money, called_on day, paid_on day?, noted_by person_id?
INSERT INTO contribution (pub, party, amount, called_on, paid_on, noted_by)
VALUES (:pub, :party, :amount, :called_on, :paid_on, :noted_by);

-- demo_version_fix exec
-- in: id version_id, hash_ hash
UPDATE convention_version SET hash = :hash_ WHERE id = :id;

-- Most of a cooperative's entrepreneurs live in the commune of a place.
-- demo_homes exec
-- in: community community_id, place community_id
UPDATE person SET home_insee = (SELECT c.insee FROM community c WHERE c.id = :place)
WHERE id % 4 > 0 AND home_insee IS NULL AND id IN (SELECT m.person FROM membership m WHERE m.community = :community AND m.status IN ('cape', 'cesa'));
