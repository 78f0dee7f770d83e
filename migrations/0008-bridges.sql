-- slice: bridges
CREATE TABLE convention (
	id @id,
	pub @pubid,
	runner @ref(community),		-- the network, or the proposing community
	name @text,
	kind @enum(agreement programme),
	state @enum(draft open ended),
	chain @ref(chain),
	from_day @day,
	to_day @day,			-- included
	open_to_join @bool,
	created_at @instant,
	created_by @ref(person)
);

-- Text and terms, hashed together; a version that somebody signed never changes.
CREATE TABLE convention_version (
	id @id,
	pub @pubid,
	convention @ref(convention),
	number @int,
	text @text,			-- Markdown
	charter @text,			-- Markdown: what each entrepreneur accepts
	credit_per_day @quantity,	-- credits owed for one day used
	workshop_value @enum(flat per_attendee band),
	workshop_credit @quantity,	-- flat: per half day; per attendee: each
	workshop_bands @text?,		-- band: "5:2 10:4", at least 5 present: 2 credits per half day ...
	workshop_minimum @int,		-- attendees under which nothing is credited
	workshop_eligible @enum(everyone place_members),
	workshop_debit @enum(host attendees),
	room_free @bool,
	due_days @int,			-- a debt older than that is late
	credit_limit @quantity?,	-- beyond: warn, then no new booking on the grant
	no_show @enum(counts free),
	expiry @enum(honoured cancelled), -- what becomes of confirmed bookings past the end
	contribution @money,		-- each party's share of common costs
	contribution_for @text?,
	contribution_payee @ref?(community),
	retention_months @int,		-- names kept by the host after the period
	hash @hash?,			-- set when proposed
	proposed_at @instant?,
	in_force @day,
	UNIQUE (convention, number)
);

-- What hosts offer.
CREATE TABLE grant_rule (
	id @id,
	pub @pubid,
	version @ref(convention_version),
	rank @int,
	name @text,
	statuses @text,			-- words of membership_status, space separated
	space_kinds @text,		-- words of space_kind
	measure @enum(day half_day duration),
	price_kind @enum(free percent fixed),
	price_value @int,		-- percent off, or cents a day
	period @enum(validity year quarter month),
	per_person @quantity?,
	per_sender @quantity?,
	per_place @quantity?,
	from_day @day,
	to_day @day
);
CREATE INDEX grant_rule_of ON grant_rule (version, rank);

CREATE TABLE party (
	id @id,
	pub @pubid,
	convention @ref(convention),
	community @ref(community),
	side @enum(host sender both),
	state @enum(invited signed active suspended leaving left refused),
	version @ref?(convention_version), -- the one it signed last
	invited_at @instant,
	answered_at @instant?,
	leaves_on @day?,
	insurance_kind @text?,
	insurer @text?,
	insured_until @day?,
	UNIQUE (convention, community)
);
CREATE INDEX party_community ON party (community, state);

CREATE TABLE signature (
	id @id,
	pub @pubid,
	party @ref(party),
	version @ref(convention_version),
	hash @hash,			-- of what was signed
	person @ref(person),
	membership @ref(membership),
	at @instant,
	UNIQUE (party, version)
);
@append_only(signature)

CREATE TABLE charter_acceptance (
	id @id,
	pub @pubid,
	version @ref(convention_version),
	person @ref(person),
	membership @ref(membership),
	hash @hash,
	at @instant,
	at_place @ref?(community),	-- signed on the spot, before this host
	UNIQUE (version, person)
);
@append_only(charter_acceptance)

CREATE TABLE contribution (
	id @id,
	pub @pubid,
	party @ref(party) UNIQUE,
	amount @money,
	called_on @day,
	paid_on @day?,
	noted_by @ref?(person)
);

-- What happened, in its natural quantity, and the entry it posted.
CREATE TABLE exchange_fact (
	id @id,
	pub @pubid,
	convention @ref(convention),
	version @ref(convention_version),
	kind @enum(use no_show workshop reversal),
	place @ref(community),
	sender @ref(community),
	on_day @day,
	amount @quantity,		-- days used, or half days of workshop
	booking @ref?(booking),		-- stands apart: names come only through it
	workshop @ref?(workshop),
	attendees @int?,
	reverses @ref?(exchange_fact) UNIQUE,
	entry @ref?(ledger_entry),	-- none: nothing was owed for it
	at @instant
);
CREATE INDEX exchange_fact_pair ON exchange_fact (convention, sender, place, on_day);
CREATE INDEX exchange_fact_booking ON exchange_fact (booking);
@append_only(exchange_fact)

CREATE TABLE workshop_counterpart (
	workshop @ref(workshop) UNIQUE,
	convention @ref(convention)
);

-- Sent to people who have a right and have not used it; never shown to their organisation.
CREATE TABLE grant_reminder (
	id @id,
	convention @ref(convention),
	person @ref(person),
	at @instant
);
CREATE INDEX grant_reminder_of ON grant_reminder (convention, person);
