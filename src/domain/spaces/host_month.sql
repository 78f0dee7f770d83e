-- use spaces/host_month

-- What each day holds; a day that holds nothing is not there.
-- month_counts many
-- in: place community_id, from day, to day
-- out: month_count
SELECT on_day, SUM(CASE WHEN status = 'requested' THEN 0 ELSE 1 END), SUM(CASE WHEN status = 'requested' THEN 1 ELSE 0 END)
FROM booking
WHERE community = :place AND on_day >= :from AND on_day <= :to
	AND status IN ('requested', 'confirmed', 'present', 'done', 'unrecorded')
GROUP BY on_day
ORDER BY on_day;
