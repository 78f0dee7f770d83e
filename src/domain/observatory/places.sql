-- use observatory/places

-- What a day costs at each place, by place; the newest tariff of that day first.
-- places_day_prices many
-- in: on_day day
-- out: place_day_price
SELECT community, price FROM tariff
WHERE audience = 'public' AND space_kind = 'desks' AND unit = 'day'
	AND from_day <= :on_day AND (to_day IS NULL OR to_day >= :on_day)
ORDER BY community, from_day DESC, id DESC;
