-- slice: bridges
-- Is there room, is asked before each booking: all that it reads of others stands in the index.
DROP INDEX booking_span;
CREATE INDEX booking_span ON booking (space, length_class, starts_at, ends_at, status, units, expires_at);

-- Memberships are read in the order in which they began, packs by where and until when they hold, parties by whom.
DROP INDEX membership_person;
CREATE INDEX membership_person ON membership (person, started);
CREATE INDEX pack_place ON pack (community, to_day);
DROP INDEX party_community;
CREATE INDEX party_community ON party (community);
