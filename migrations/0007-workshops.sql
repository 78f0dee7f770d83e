-- slice: workshops
CREATE TABLE workshop (
	id @id,
	pub @pubid,
	organiser @ref(community),
	place @ref(community),
	space @ref(space),
	booking @ref?(booking),		-- of its room
	title @text,
	story @text?,
	trainer @text,
	trainer_kind @enum(staff entrepreneur outside),
	trainer_terms @text?,		-- how her cooperative pays an entrepreneur
	on_day @day,
	from_minute @minute,
	to_minute @minute,
	starts_at @instant,
	ends_at @instant,
	capacity @int CHECK (capacity > 0),
	price @money,
	is_public @bool,
	status @enum(draft announced held closed cancelled),
	created_at @instant,
	closed_at @instant?
);
CREATE INDEX workshop_when ON workshop (starts_at);
CREATE INDEX workshop_place ON workshop (place, on_day);
CREATE INDEX workshop_organiser ON workshop (organiser, on_day);

CREATE TABLE enrolment (
	id @id,
	pub @pubid,
	workshop @ref(workshop),
	person @ref(person),
	membership @ref?(membership),
	sender @ref?(community),
	status @enum(enrolled waiting present absent excused),
	rank @int,			-- order of arrival
	created_at @instant,
	changed_at @instant,
	UNIQUE (workshop, person)
);
CREATE INDEX enrolment_person ON enrolment (person);
