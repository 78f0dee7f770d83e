-- slice: bridges
-- What a right says of a booking that its person cancels too late; unset: nothing was signed about it.
ALTER TABLE convention_version ADD COLUMN late @enum?(counts free);
ALTER TABLE convention_version ADD COLUMN late_hours @int?;	-- before it begins; unset: as the place says
-- Every so many days, a reminder to who has a right and does not use it; unset: none.
ALTER TABLE convention_version ADD COLUMN remind_days @int?;
-- When its person cancelled it too late, and it counts.
ALTER TABLE booking ADD COLUMN late_at @instant?;
-- A no-show that was told beforehand, but too late.
ALTER TABLE exchange_fact ADD COLUMN cancelled_at @instant?;

-- Of the link of a letter by which its person wants no more of them.
ALTER TABLE grant_reminder ADD COLUMN token @hash?;
CREATE INDEX grant_reminder_token ON grant_reminder (token);
CREATE INDEX grant_reminder_person ON grant_reminder (person);
CREATE TABLE reminder_refusal (
	id @id,
	person @ref(person) UNIQUE,
	at @instant
);

-- A debt near its limit was told to who manages the debtor, once a month.
CREATE TABLE limit_letter (
	id @id,
	convention @ref(convention),
	sender @ref(community),
	period @text,
	at @instant,
	UNIQUE (convention, sender, period)
);
