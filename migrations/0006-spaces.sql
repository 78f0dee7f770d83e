-- slice: spaces
-- How a place receives: one row per community that is a place.
CREATE TABLE place (
	community @ref(community) UNIQUE,
	zone @text,			-- IANA
	opening @text,			-- OSM opening_hours, the documented subset
	holidays @enum(metropole alsace_moselle alsace_moselle_good_friday guadeloupe martinique guyane reunion mayotte saint_barthelemy saint_martin),
	holidays_off @bool,
	cancel_day_before @bool,	-- cancel until `cancel_minute` of the day before, else ...
	cancel_minute @minute,		-- ... that many minutes before the start
	walk_in @bool,
	welcome @text?			-- what a newcomer reads before coming
);

CREATE TABLE space (
	id @id,
	pub @pubid,
	community @ref(community),
	name @text,
	note @text?,
	kind @enum(desks room workshop machine kitchen plot storage equipment),
	capacity @int CHECK (capacity > 0),
	counted @bool,			-- a pool: several bookings at once; else one group at a time
	granule @int,			-- minutes
	shortest @int,			-- minutes
	longest @int,
	notice @int,			-- minutes before the start
	horizon @int,			-- days ahead that may be booked
	opening @text?,			-- when it differs from the place's
	needs_approval @bool,
	qualification @text?,		-- name of what one must know first
	rank @int,
	archived_at @instant?
);
CREATE INDEX space_of ON space (community, rank);

CREATE TABLE closure (
	id @id,
	pub @pubid,
	community @ref(community),
	space @ref?(space),		-- none: the whole place
	from_day @day,
	to_day @day,			-- included
	reason @text
);
CREATE INDEX closure_of ON closure (community, from_day);

CREATE TABLE tariff (
	id @id,
	community @ref(community),
	space_kind @enum(desks room workshop machine kitchen plot storage equipment),
	audience @enum(public member),	-- member: an active membership of the place or of a collective it hosts
	unit @enum(hour half_day day),
	price @money CHECK (price >= 0),
	from_day @day,
	to_day @day?,
	UNIQUE (community, space_kind, audience, unit, from_day)
);

CREATE TABLE qualification (
	id @id,
	person @ref(person),
	space @ref(space),
	granted_by @ref(person),
	granted_on @day,
	until @day?,
	UNIQUE (person, space, granted_on)
);

-- Prepaid days, sold by a place to a person or to a community for its people.
CREATE TABLE pack (
	id @id,
	pub @pubid,
	community @ref(community),	-- the place that sold it
	owner_person @ref?(person),
	owner_community @ref?(community),
	name @text,
	space_kind @enum(desks room workshop machine kitchen plot storage equipment),
	units @quantity CHECK (units > 0), -- days
	price @money,
	sold_at @instant,
	from_day @day,
	to_day @day,
	CHECK ((owner_person IS NULL) <> (owner_community IS NULL))
);
CREATE INDEX pack_person ON pack (owner_person);
CREATE INDEX pack_community ON pack (owner_community);

CREATE TABLE booking (
	id @id,
	pub @pubid,
	space @ref(space),
	community @ref(community),	-- the place
	person @ref?(person),		-- none: a guest without an account
	guest @text?,
	membership @ref?(membership),	-- acting as
	sender @ref?(community),	-- the community of that membership
	batch @text?,			-- bookings made together
	purpose @text?,			-- title on the calendar for a room: a workshop, a meeting
	on_day @day,			-- local date
	from_minute @minute,
	to_minute @minute,
	zone @text,
	starts_at @instant,
	ends_at @instant,
	length_class @int,		-- ceil(log2(minutes / 15)): see booking.c
	units @int CHECK (units > 0),
	status @enum(requested confirmed present done waiting cancelled refused expired unrecorded no_show),
	right_kind @enum(public member pack grant),
	right_id @int,			-- tariff, pack or grant
	right_label @text,		-- frozen words of the right
	price @money,
	public_price @money,
	measure @quantity,		-- thousandths of a day counted on the right; 0 when nothing is counted
	walk_in @bool,
	told_at @instant?,		-- the person was told of her recorded presence
	created_at @instant,
	created_by @ref(person),
	expires_at @instant?,		-- a request that nobody answers
	arrived_at @instant?,
	left_at @instant?,
	settled_at @instant?,		-- the host closed the day
	CHECK (ends_at > starts_at),
	CHECK (person IS NOT NULL OR guest IS NOT NULL)
);
CREATE INDEX booking_span ON booking (space, length_class, starts_at);
CREATE INDEX booking_on_day ON booking (community, on_day);
CREATE INDEX booking_of_person ON booking (person, starts_at);
CREATE INDEX booking_open ON booking (status, ends_at);

-- What a booking holds or has used of each counter.
CREATE TABLE booking_counter (
	booking @ref(booking),
	counter @ref(counter),
	quantity @quantity CHECK (quantity > 0),
	state @enum(held used released),
	PRIMARY KEY (booking, counter)
);

-- A person says that a recorded presence is not right.
CREATE TABLE contest (
	id @id,
	pub @pubid,
	booking @ref(booking),
	person @ref(person),
	reason @text,
	state @enum(open accepted rejected),
	answer @text?,
	created_at @instant,
	answered_at @instant?
);
CREATE INDEX contest_booking ON contest (booking);

CREATE TABLE incident (
	id @id,
	pub @pubid,
	community @ref(community),
	booking @ref?(booking),
	sender @ref?(community),	-- told at once
	what @text,
	at @instant,
	recorded_by @ref(person)
);

-- The host's short list of the day.
CREATE TABLE chore (
	id @id,
	pub @pubid,
	community @ref(community),
	on_day @day,
	at_minute @minute?,
	what @text,
	done_at @instant?,
	done_by @ref?(person)
);
CREATE INDEX chore_day ON chore (community, on_day);
