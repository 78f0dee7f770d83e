-- slice: territory
-- What a map of the country dots and names: some two thousand communes, read without the other 33,000.
CREATE INDEX commune_large ON commune (population DESC, insee, name, lat_e5, lon_e5) WHERE population >= 5000;
