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
-- in: community community_id, year int?, kind figure_kind, value int?, note text?
INSERT INTO community_figure (community, year, kind, value, note) VALUES (:community, :year, :kind, :value, :note);

-- departement_name maybe
-- in: code text
-- out: name text
SELECT name FROM departement WHERE code = :code;

-- link_insert exec
-- in: pub pubid, from_ community_id, to_ community_id, kind link_kind, from_at instant?, to_at instant?, started day?, source text?
INSERT INTO link (pub, from_community, to_community, kind, from_confirmed_at, to_confirmed_at, started, source)
VALUES (:pub, :from_, :to_, :kind, :from_at, :to_at, :started, :source)
ON CONFLICT (from_community, to_community, kind) DO NOTHING;
