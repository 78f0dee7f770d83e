-- use people/community

-- demo_community_insert one
-- in: demo_community
-- out: id community_id
INSERT INTO community (pub, name, folded, initials, is_cae, is_place, is_collective, is_network, is_public_body, is_company, is_other,
	legal_form, activities, story, address, insee, departement, lat_e5, lon_e5, year_started, functions, access, accessibility,
	is_demo, confirmed_at, created_at, source)
VALUES (:pub, :name, :folded, :initials, :is_cae, :is_place, :is_collective, :is_network, FALSE, FALSE, FALSE,
	:legal_form, :activities, :story, :address, :insee, :departement, :lat_e5, :lon_e5, :year_started, :functions, :access, :accessibility,
	TRUE, :created_at, :created_at, 'demo')
RETURNING id;

-- What the invented places say of their last four years.
-- demo_figures_insert exec
-- in: last int
INSERT INTO community_figure (community, year, kind, value)
SELECT c.id, :last - y.ago, k.kind, CASE k.kind WHEN 'staff' THEN 2 + c.id % 4 + (3 - y.ago) / 2 WHEN 'members' THEN 24 + c.id * 7 % 40 + 6 * (3 - y.ago)
	ELSE 90 + c.id * 13 % 120 + 12 * (3 - y.ago) END
FROM community c
CROSS JOIN (SELECT 0 AS ago UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3) y
CROSS JOIN (SELECT 'staff' AS kind UNION ALL SELECT 'members' UNION ALL SELECT 'revenue_keur') k
WHERE c.is_demo AND c.is_place AND c.year_started <= :last - y.ago;

-- How one of them became a Scic.
-- demo_step_insert exec
-- in: community community_id, kind text, year int, now instant
INSERT INTO community_step (community, kind, year, said_at) VALUES (:community, :kind, :year, :now);

-- demo_person_insert one
-- in: demo_person
-- out: id person_id
INSERT INTO person (pub, email, email_key, name, password_hash, verified_at, lang, is_operator, pass_secret, home_insee, created_at)
VALUES (:pub, :email, :email, :name, :password_hash, :created_at, 'fr', :is_operator, :pass_secret, :home_insee, :created_at)
RETURNING id;

-- Entrepreneurs show themselves to their cooperative's partners, whose hosts find them by name; the teams to their own.
-- demo_membership_insert one
-- in: demo_membership
-- out: id membership_id
INSERT INTO membership (pub, person, community, status, roles, visibility, shares_use, started)
VALUES (:pub, :person, :community, :status, :roles,
	CASE :status WHEN 'cape' THEN 'bridged' WHEN 'cesa' THEN 'bridged' WHEN 'associate' THEN 'bridged' ELSE 'community' END, FALSE, :started)
RETURNING id;

-- demo_place_insert exec
-- in: community community_id, opening text, welcome text?
INSERT INTO place (community, zone, opening, holidays, holidays_off, cancel_day_before, cancel_minute, walk_in, welcome)
VALUES (:community, 'Europe/Paris', :opening, 'metropole', TRUE, TRUE, 1080, TRUE, :welcome);

-- demo_space_insert one
-- in: demo_space
-- out: id space_id
INSERT INTO space (pub, community, name, note, kind, capacity, counted, granule, shortest, longest, notice, horizon, needs_approval, qualification, rank)
VALUES (:pub, :community, :name, :note, :kind, :capacity, :counted, 30, 30, 720, 0, 180, :needs_approval, :qualification, :rank)
RETURNING id;

-- demo_tariff_insert exec
-- in: community community_id, space_kind space_kind, audience audience, unit tariff_unit, price money, from_day day
INSERT INTO tariff (community, space_kind, audience, unit, price, from_day)
VALUES (:community, :space_kind, :audience, :unit, :price, :from_day);

-- demo_link_insert exec
-- in: pub pubid, from_ community_id, to_ community_id, kind link_kind, at instant
INSERT INTO link (pub, from_community, to_community, kind, from_confirmed_at, to_confirmed_at)
VALUES (:pub, :from_, :to_, :kind, :at, :at);

-- demo_qualification_insert exec
-- in: person person_id, space space_id, by person_id, on_day day
INSERT INTO qualification (person, space, granted_by, granted_on) VALUES (:person, :space, :by, :on_day);
