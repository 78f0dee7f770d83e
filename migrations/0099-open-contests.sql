-- slice: spaces
-- How many are open, is asked for each page of the host's day.
CREATE INDEX contest_open ON contest (booking) WHERE state = 'open';
