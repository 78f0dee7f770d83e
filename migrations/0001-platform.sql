-- slice: platform
-- What the server itself keeps: answers already given, mail to send.

-- One row per creation that came with an Idempotency-Key; kept 48 hours.
CREATE TABLE idempotency (
	scope @text PRIMARY KEY,	-- hex of SHA-256(actor, route, key)
	body_hash @hash,
	status @int,
	location @text?,
	body @json?,
	at @instant
);
CREATE INDEX idempotency_at ON idempotency (at);

-- Outbox of mail: a row is written in the transaction of its cause.
CREATE TABLE mail (
	id @id,
	pub @pubid,
	to_address @text,
	lang @enum(fr en),
	kind @text,		-- message family: account.confirm, booking.reminder ...
	subject @text,
	body_text @text,
	body_html @text,
	cause @text,		-- request id
	state @enum(queued sent dead),
	attempts @int,
	next_at @instant,
	last_error @text?,
	created_at @instant,
	sent_at @instant?
);
CREATE INDEX mail_due ON mail (state, next_at);

-- Work that recurs, and when it last ran.
CREATE TABLE job (
	name @text PRIMARY KEY,
	last_at @instant,
	next_at @instant,
	last_error @text?	-- why it failed; NULL: it did not
);

-- Facts about this database: demo = yes.
CREATE TABLE setting (
	name @text PRIMARY KEY,
	value @text
);
