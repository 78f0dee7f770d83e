-- slice: spaces
-- A place with a space has said how it receives, as its first space now makes it: else the calendar and the search
-- would not speak of what a booking takes.
INSERT INTO place (community, zone, opening, holidays, holidays_off, cancel_day_before, cancel_minute, walk_in)
SELECT c.id,
	CASE SUBSTR(c.insee, 1, 3) WHEN '971' THEN 'America/Guadeloupe' WHEN '972' THEN 'America/Martinique'
		WHEN '973' THEN 'America/Cayenne' WHEN '974' THEN 'Indian/Reunion' WHEN '975' THEN 'America/Miquelon'
		WHEN '976' THEN 'Indian/Mayotte' WHEN '977' THEN 'America/St_Barthelemy' WHEN '978' THEN 'America/Marigot'
		WHEN '986' THEN 'Pacific/Wallis' WHEN '987' THEN 'Pacific/Tahiti' WHEN '988' THEN 'Pacific/Noumea'
		ELSE 'Europe/Paris' END,
	'Mo-Fr 09:00-18:00',
	CASE WHEN SUBSTR(c.insee, 1, 2) IN ('57', '67', '68') THEN 'alsace_moselle' ELSE
		CASE SUBSTR(c.insee, 1, 3) WHEN '971' THEN 'guadeloupe' WHEN '972' THEN 'martinique' WHEN '973' THEN 'guyane'
			WHEN '974' THEN 'reunion' WHEN '976' THEN 'mayotte' WHEN '977' THEN 'saint_barthelemy'
			WHEN '978' THEN 'saint_martin' ELSE 'metropole' END END,
	TRUE, TRUE, 1080, FALSE
FROM community c
WHERE EXISTS (SELECT 1 FROM space s WHERE s.community = c.id AND s.archived_at IS NULL)
	AND NOT EXISTS (SELECT 1 FROM place p WHERE p.community = c.id);
