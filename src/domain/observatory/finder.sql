-- Places that are closed as a whole.
-- finder_closures many
-- in: from day, to day
-- out: community community_id, from_day day, to_day day
SELECT community, from_day, to_day FROM closure
WHERE space IS NULL AND to_day >= :from AND from_day <= :to ORDER BY community, from_day, id;
