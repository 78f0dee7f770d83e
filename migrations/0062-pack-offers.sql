-- slice: spaces
-- The packs that a place sells to anybody, as its page says them. What was sold keeps its own words, price and dates.
CREATE TABLE pack_offer (
	id @id,
	pub @pubid,
	community @ref(community),
	name @text,
	space_kind @enum(desks room workshop machine kitchen plot storage equipment),
	units @quantity CHECK (units > 0),	-- days
	price @money CHECK (price >= 0),
	valid_months @int CHECK (valid_months > 0),
	withdrawn_at @instant?
);
CREATE INDEX pack_offer_of ON pack_offer (community);
-- A place's page tells how far the nearest town of some size is.
CREATE INDEX commune_population ON commune (population);
