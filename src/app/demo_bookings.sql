-- use spaces/space

-- demo_unrecorded exec
-- in: id booking_id
UPDATE booking SET status = 'unrecorded' WHERE id = :id AND status = 'confirmed';
