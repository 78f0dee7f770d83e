-- use people/community_page
-- use people/membership

-- community_insert one
-- in: community_new
-- out: id community_id
INSERT INTO community (pub, name, name_printed, folded, initials, is_cae, is_place, is_collective, is_network, is_public_body,
	is_company, is_other, legal_form, legal_note, activities, insee, city_printed, region_printed, departement, lat_e5, lon_e5,
	year_started, cg_member, functions, source, source_key, is_demo, created_at)
VALUES (:pub, :name, :name_printed, :folded, :initials, :is_cae, :is_place, :is_collective, :is_network, :is_public_body,
	:is_company, :is_other, :legal_form, :legal_note, :activities, :insee, :city_printed, :region_printed, :departement, :lat_e5, :lon_e5,
	:year_started, CASE :cg_member WHEN 1 THEN TRUE WHEN 0 THEN FALSE END, :functions, :source, :source_key, :is_demo, :created_at)
RETURNING id;

-- community_of_source maybe
-- in: source_key text
-- out: id community_id, pub pubid
SELECT id, pub FROM community WHERE source_key = :source_key;

-- community_figure_insert exec
-- in: community community_id, year int?, kind figure_kind, value int?, note text?, now instant?
INSERT INTO community_figure (community, year, kind, value, note, said_at) VALUES (:community, :year, :kind, :value, :note, :now);

-- departement_name maybe
-- in: code text
-- out: name text
SELECT name FROM departement WHERE code = :code;

-- link_insert exec
-- in: pub pubid, from_ community_id, to_ community_id, kind link_kind, from_at instant?, to_at instant?, started day?, source text?
INSERT INTO link (pub, from_community, to_community, kind, from_confirmed_at, to_confirmed_at, started, source)
VALUES (:pub, :from_, :to_, :kind, :from_at, :to_at, :started, :source)
ON CONFLICT (from_community, to_community, kind) DO NOTHING;

-- community_facts_of one
-- in: id community_id
-- out: community_facts
SELECT name, folded, initials, is_cae, is_place, is_collective, is_network, is_public_body, is_company, is_other,
	legal_form, siren, siret, activities, story, address, insee, departement, lat_e5, lon_e5, year_started,
	CASE WHEN cg_member THEN 1 WHEN NOT cg_member THEN 0 END, website, email, phone, accessibility, access, functions
FROM community WHERE id = :id;

-- community_facts_set exec
-- in: community_facts, id community_id
UPDATE community SET name = :name, folded = :folded, initials = :initials, is_cae = :is_cae, is_place = :is_place,
	is_collective = :is_collective, is_network = :is_network, is_public_body = :is_public_body, is_company = :is_company,
	is_other = :is_other, legal_form = :legal_form, siren = :siren, siret = :siret, activities = :activities, story = :story,
	address = :address, insee = :insee, departement = :departement, lat_e5 = :lat_e5, lon_e5 = :lon_e5,
	year_started = :year_started, cg_member = CASE :cg_member WHEN 1 THEN TRUE WHEN 0 THEN FALSE END, website = :website,
	email = :email, phone = :phone, accessibility = :accessibility, access = :access, functions = :functions
WHERE id = :id;

-- community_confirm_page exec
-- in: id community_id, now instant
UPDATE community SET confirmed_at = :now WHERE id = :id;

-- community_source one
-- in: id community_id
-- out: community_source_row
SELECT c.name_printed, c.region_printed, r.name, d.name
FROM community c
LEFT JOIN commune k ON k.insee = c.insee
LEFT JOIN region r ON r.code = k.region
LEFT JOIN departement d ON d.code = c.departement
WHERE c.id = :id;

-- figures_of many
-- in: community community_id
-- out: figure_row
SELECT id, year, kind, value, note FROM community_figure WHERE community = :community
ORDER BY kind, year DESC NULLS LAST, id;

-- figure_of_year maybe
-- in: community community_id, kind figure_kind, year int?
-- out: figure_row
SELECT id, year, kind, value, note FROM community_figure
WHERE community = :community AND kind = :kind AND COALESCE(year, 0) = COALESCE(CAST(:year AS BIGINT), 0)
ORDER BY id LIMIT 1;

-- figure_set exec
-- in: id row_id, value int?, note text?, now instant
UPDATE community_figure SET value = :value, note = :note, said_at = :now WHERE id = :id;

-- What it was until now.
-- figure_keep exec
-- in: id row_id, now instant
INSERT INTO community_figure_was (community, year, kind, value, note, said_at, until)
SELECT community, year, kind, value, note, said_at, :now FROM community_figure WHERE id = :id;

-- figures_were many
-- in: community community_id
-- out: figure_was_row
SELECT year, kind, value, note, said_at, until FROM community_figure_was WHERE community = :community
ORDER BY until DESC, id DESC LIMIT 50;

-- figure_delete exec
-- in: id row_id
DELETE FROM community_figure WHERE id = :id;

-- public_members many
-- in: community community_id, on_day day, within bool
-- out: member_card
SELECT p.name, m.status
FROM membership m JOIN person p ON p.id = m.person AND p.erased_at IS NULL
WHERE m.community = :community AND m.started <= :on_day AND (m.ended IS NULL OR m.ended >= :on_day)
	AND (m.visibility = 'public' OR (:within AND m.visibility IN ('community', 'bridged')))
ORDER BY p.name, m.id;

-- founder_insert one
-- in: pub pubid, person person_id, community community_id, roles int, on_day day
-- out: id membership_id
INSERT INTO membership (pub, person, community, status, roles, visibility, shares_use, started)
VALUES (:pub, :person, :community, 'staff', :roles, 'community', FALSE, :on_day)
RETURNING id;

-- history_insert exec
-- in: membership membership_id, status text, roles int, at instant, by_person person_id
INSERT INTO membership_history (membership, status, roles, at, by_person) VALUES (:membership, :status, :roles, :at, :by_person);
