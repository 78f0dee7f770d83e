-- use people/photo

-- photo_rows many
-- in: community community_id
-- out: photo_row
SELECT id, pub, alt, credit, licence FROM photo WHERE community = :community ORDER BY rank, id;

-- photo_images_of many
-- in: community community_id
-- out: photo_image_row
SELECT i.photo, i.pub, i.width, i.height FROM photo_image i JOIN photo p ON p.id = i.photo
WHERE p.community = :community ORDER BY i.photo, i.width, i.id;
