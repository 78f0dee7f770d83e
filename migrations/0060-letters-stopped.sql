-- slice: platform
-- The link by which its reader wants no more of these. A letter that has one is nobody else's to know of: the
-- operator sees neither address nor text. Emptied once it is sent, as the text is.
ALTER TABLE mail ADD COLUMN stop_url @text?;
UPDATE mail SET stop_url = '' WHERE kind = 'grant.reminder';
