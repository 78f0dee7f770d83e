-- use bridges/reminder

-- Each sender with the newest version that it and a host have signed.
-- reminder_senders many
-- in: today day
-- out: reminder_sender
SELECT cv.id, sp.community, v.id, cv.name, v.remind_days
FROM convention cv
JOIN party sp ON sp.convention = cv.id AND sp.side IN ('sender', 'both') AND sp.state = 'active'
JOIN convention_version v ON v.id = (SELECT MAX(w.id) FROM convention_version w
	JOIN standing_signature a ON a.version = w.id AND a.party = sp.id AND (a.until IS NULL OR a.until > :today)
	JOIN standing_signature b ON b.version = w.id AND b.party <> sp.id AND (b.until IS NULL OR b.until > :today)
	JOIN party hp ON hp.id = b.party AND hp.side IN ('host', 'both') AND hp.state = 'active'
	WHERE w.convention = cv.id AND w.in_force <= :today)
WHERE cv.state = 'open' AND cv.from_day <= :today AND cv.to_day >= :today AND v.remind_days IS NOT NULL
ORDER BY cv.id, sp.id;

-- Who has a right today, had it since a day (by what her sender signed since it came in, or back), did not use it nor booked on it since another, and had no letter.
-- Of her bookings those since then are read alone: the index has them by the instant, a day apart at most.
-- reminder_candidates many
-- in: convention convention_id, version version_id, sender community_id, today day, had_since day, unused_since day, letter_since instant
-- out: person person_id
SELECT DISTINCT m.person
FROM membership m
JOIN person p ON p.id = m.person AND p.erased_at IS NULL AND p.verified_at IS NOT NULL
JOIN grant_rule g ON g.version = :version AND ' ' || g.statuses || ' ' LIKE '% ' || m.status || ' %'
	AND g.from_day <= :had_since AND g.to_day >= :today
WHERE m.community = :sender AND m.started <= :had_since AND (m.ended IS NULL OR m.ended >= :today)
	AND EXISTS (SELECT 1 FROM party y JOIN standing_signature z ON z.party = y.id AND z.until IS NULL
		WHERE y.convention = :convention AND y.community = :sender AND z.at < (:had_since + 1) * 86400)
	AND NOT EXISTS (SELECT 1 FROM reminder_refusal r WHERE r.person = m.person)
	AND NOT EXISTS (SELECT 1 FROM booking b JOIN grant_rule o ON o.id = b.right_id JOIN convention_version v ON v.id = o.version
		WHERE b.person = m.person AND b.starts_at >= (:unused_since - 1) * 86400 AND b.right_kind = 'grant'
			AND v.convention = :convention AND b.on_day >= :unused_since
		AND b.status IN ('requested', 'confirmed', 'present', 'done', 'unrecorded', 'waiting'))
	AND NOT EXISTS (SELECT 1 FROM grant_reminder r WHERE r.convention = :convention AND r.person = m.person AND r.at > :letter_since)
ORDER BY m.person;

-- reminder_insert exec
-- in: convention convention_id, person person_id, token hash, now instant
INSERT INTO grant_reminder (convention, person, token, at) VALUES (:convention, :person, :token, :now);

-- reminder_by_token maybe
-- in: token hash
-- out: person person_id
SELECT r.person FROM grant_reminder r JOIN person p ON p.id = r.person AND p.erased_at IS NULL WHERE r.token = :token;

-- reminders_refused one
-- in: person person_id
-- out: refused bool
SELECT EXISTS (SELECT 1 FROM reminder_refusal WHERE person = :person);

-- reminder_refuse exec
-- in: person person_id, now instant
INSERT INTO reminder_refusal (person, at) VALUES (:person, :now) ON CONFLICT (person) DO NOTHING;

-- reminder_allow exec
-- in: person person_id
DELETE FROM reminder_refusal WHERE person = :person;

-- reminders_of many
-- in: person person_id
-- out: reminder_line
SELECT c.name, r.at FROM grant_reminder r JOIN convention c ON c.id = r.convention
WHERE r.person = :person ORDER BY r.at DESC, r.id DESC LIMIT 50;

-- reminder_reader one
-- in: person person_id
-- out: pub pubid
SELECT pub FROM person WHERE id = :person;
