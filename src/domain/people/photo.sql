-- use people/photo

-- photo_rows many
-- in: community community_id
-- out: photo_row
SELECT id, pub, alt, credit, licence FROM photo WHERE community = :community ORDER BY rank, id;

-- photo_images_of many
-- in: community community_id
-- out: photo_image_row
SELECT i.photo, i.pub, i.width, i.height, i.format FROM photo_image i JOIN photo p ON p.id = i.photo
WHERE p.community = :community ORDER BY i.photo, i.width, i.id;

-- photo_by_pub maybe
-- in: pub pubid
-- out: photo_object
SELECT p.id, p.pub, p.alt, p.credit, p.licence, p.community, c.pub, c.name
FROM photo p JOIN community c ON c.id = p.community WHERE p.pub = :pub;

-- photo_image_by_pub maybe
-- in: pub pubid
-- out: photo_image_object
SELECT i.id, p.community FROM photo_image i JOIN photo p ON p.id = i.photo WHERE i.pub = :pub;

-- photo_image_file one
-- in: id row_id
-- out: photo_file
SELECT format, bytes FROM photo_image WHERE id = :id;

-- Others who add a photo to the same page wait until this is over.
-- photos_hold exec
-- in: community community_id
UPDATE community SET initials = initials WHERE id = :community;

-- photo_last_rank one
-- in: community community_id
-- out: last int
SELECT COALESCE(MAX(rank), 0) FROM photo WHERE community = :community;

-- photo_insert one
-- in: pub pubid, community community_id, rank int, alt text, credit text?, licence photo_licence, at instant, by person_id?
-- out: id row_id
INSERT INTO photo (pub, community, rank, alt, credit, licence, added_at, added_by)
VALUES (:pub, :community, :rank, :alt, :credit, :licence, :at, :by) RETURNING id;

-- photo_image_insert exec
-- in: pub pubid, photo row_id, width int, height int, format photo_format, bytes octets
INSERT INTO photo_image (pub, photo, width, height, format, bytes) VALUES (:pub, :photo, :width, :height, :format, :bytes);

-- photo_update exec
-- in: id row_id, alt text, credit text?, licence photo_licence
UPDATE photo SET alt = :alt, credit = :credit, licence = :licence WHERE id = :id;

-- photo_rank_set exec
-- in: id row_id, rank int
UPDATE photo SET rank = :rank WHERE id = :id;

-- photo_images_delete exec
-- in: photo row_id
DELETE FROM photo_image WHERE photo = :photo;

-- photo_delete exec
-- in: id row_id
DELETE FROM photo WHERE id = :id;

-- Photos that have no WebP, each with its widest picture.
-- photos_without_webp many
-- out: photo row_id, image row_id
SELECT p.id, (SELECT i.id FROM photo_image i WHERE i.photo = p.id ORDER BY i.width DESC, i.id LIMIT 1) FROM photo p
WHERE EXISTS (SELECT 1 FROM photo_image i WHERE i.photo = p.id)
	AND NOT EXISTS (SELECT 1 FROM photo_image i WHERE i.photo = p.id AND i.format = 'webp')
ORDER BY p.id;

-- photo_is_without_webp one
-- in: photo row_id
-- out: is bool
SELECT EXISTS (SELECT 1 FROM photo WHERE id = :photo) AND NOT EXISTS (SELECT 1 FROM photo_image WHERE photo = :photo AND format = 'webp');
