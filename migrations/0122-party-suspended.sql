-- slice: bridges
-- Why who runs a convention suspended a party: told to the party, and kept until it is back. One that leaves
-- meanwhile comes back only when it is asked to.
ALTER TABLE party ADD COLUMN suspended_why @text?;
