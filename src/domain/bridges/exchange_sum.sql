-- use bridges/exchange_sum

-- The day and the month of a fact, in this order for everybody.
-- exchange_sum_add exec
-- in: fact row_id, month day, month_end day
INSERT INTO exchange_sum (convention, grain, from_day, to_day, place, sender, uses, used, due, given, first_day, last_use, first_entry, last_entry)
SELECT w.convention, 'day', w.on_day, w.on_day, w.place, w.sender, w.uses, w.used, w.due, w.given, w.on_day, w.last_use, w.entry, w.entry
FROM exchange_worth w WHERE w.id = :fact
UNION ALL
SELECT w.convention, 'month', :month, :month_end, w.place, w.sender, w.uses, w.used, w.due, w.given, w.on_day, w.last_use, w.entry, w.entry
FROM exchange_worth w WHERE w.id = :fact
ON CONFLICT (convention, grain, from_day, place, sender) DO UPDATE SET
	uses = exchange_sum.uses + excluded.uses,
	used = exchange_sum.used + excluded.used,
	due = exchange_sum.due + excluded.due,
	given = exchange_sum.given + excluded.given,
	first_day = CASE WHEN excluded.first_day < exchange_sum.first_day THEN excluded.first_day ELSE exchange_sum.first_day END,
	last_use = CASE WHEN exchange_sum.last_use IS NULL OR excluded.last_use > exchange_sum.last_use THEN excluded.last_use
		ELSE exchange_sum.last_use END,
	first_entry = COALESCE(exchange_sum.first_entry, excluded.first_entry),
	last_entry = COALESCE(excluded.last_entry, exchange_sum.last_entry);

-- Up to today: whole months before `month`, but for the one of `other` to `next`, which comes by its days as the
-- present month does. me none: of the whole convention.
-- exchange_parts many
-- in: convention convention_id, me community_id?, today day, month day, other day, next day
-- out: exchange_part
SELECT place, sender, from_day, uses, used, due, given, last_use, first_entry, last_entry FROM exchange_sum
WHERE convention = :convention AND grain = 'month' AND from_day < :month AND from_day <> :other AND (:me IS NULL OR place = :me OR sender = :me)
UNION ALL
SELECT place, sender, from_day, uses, used, due, given, last_use, first_entry, last_entry FROM exchange_sum
WHERE convention = :convention AND grain = 'day' AND from_day >= :month AND from_day <= :today AND (:me IS NULL OR place = :me OR sender = :me)
UNION ALL
SELECT place, sender, from_day, uses, used, due, given, last_use, first_entry, last_entry FROM exchange_sum
WHERE convention = :convention AND grain = 'day' AND from_day >= :other AND from_day < :next AND (:me IS NULL OR place = :me OR sender = :me)
ORDER BY 3, 1, 2;

-- Sums that are not those of their facts, by what they are of.
-- exchange_sum_errors many
-- out: what text
SELECT 'day ' || COALESCE(s.from_day, w.on_day) FROM
	(SELECT convention, on_day, place, sender, SUM(uses) AS uses, SUM(used) AS used, SUM(due) AS due, SUM(given) AS given,
		MAX(last_use) AS last_use, MIN(entry) AS first_entry, MAX(entry) AS last_entry
	FROM exchange_worth GROUP BY convention, on_day, place, sender) w
LEFT JOIN exchange_sum s ON s.convention = w.convention AND s.grain = 'day' AND s.from_day = w.on_day AND s.place = w.place AND s.sender = w.sender
WHERE s.id IS NULL OR s.uses <> w.uses OR s.used <> w.used OR s.due <> w.due OR s.given <> w.given OR s.first_day <> w.on_day
	OR COALESCE(s.last_use, 0) <> COALESCE(w.last_use, 0) OR COALESCE(s.first_entry, 0) <> COALESCE(w.first_entry, 0)
	OR COALESCE(s.last_entry, 0) <> COALESCE(w.last_entry, 0)
UNION ALL
SELECT 'day ' || s.from_day FROM exchange_sum s
WHERE s.grain = 'day' AND NOT EXISTS (SELECT 1 FROM exchange_fact f WHERE f.convention = s.convention AND f.sender = s.sender
	AND f.place = s.place AND f.on_day = s.from_day)
UNION ALL
SELECT 'month ' || m.from_day FROM exchange_sum m
LEFT JOIN exchange_sum d ON d.convention = m.convention AND d.grain = 'day' AND d.from_day BETWEEN m.from_day AND m.to_day
	AND d.place = m.place AND d.sender = m.sender
WHERE m.grain = 'month'
GROUP BY m.id, m.from_day, m.uses, m.used, m.due, m.given, m.first_day, m.last_use, m.first_entry, m.last_entry
HAVING COALESCE(SUM(d.uses), -1) <> m.uses OR COALESCE(SUM(d.used), 0) <> m.used OR COALESCE(SUM(d.due), 0) <> m.due
	OR COALESCE(SUM(d.given), 0) <> m.given OR MIN(d.first_day) <> m.first_day
	OR COALESCE(MAX(d.last_use), 0) <> COALESCE(m.last_use, 0) OR COALESCE(MIN(d.first_entry), 0) <> COALESCE(m.first_entry, 0)
	OR COALESCE(MAX(d.last_entry), 0) <> COALESCE(m.last_entry, 0)
UNION ALL
SELECT 'day without its month ' || d.from_day FROM exchange_sum d
WHERE d.grain = 'day' AND NOT EXISTS (SELECT 1 FROM exchange_sum m WHERE m.convention = d.convention AND m.grain = 'month'
	AND m.from_day BETWEEN d.from_day - 30 AND d.from_day AND m.to_day >= d.from_day AND m.place = d.place AND m.sender = d.sender)
ORDER BY 1 LIMIT 1;
