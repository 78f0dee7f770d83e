-- slice: people
-- An account that its operator holds back: nobody signs in with it until it is given back.
ALTER TABLE person ADD COLUMN suspended_at @instant?;

-- What a token may read and write, as areas of the route table (enum area, a bit each); none: all that its kind allows.
ALTER TABLE api_token ADD COLUMN reads @int?;
ALTER TABLE api_token ADD COLUMN writes @int?;
