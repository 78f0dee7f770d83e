-- use people/typology

-- typology_rows many
-- in: community community_id
-- out: typology_row
SELECT vocabulary, code FROM community_typology WHERE community = :community ORDER BY vocabulary, code;

-- typology_insert exec
-- in: community community_id, vocabulary typology_vocabulary, code text
INSERT INTO community_typology (community, vocabulary, code) VALUES (:community, :vocabulary, :code)
ON CONFLICT (community, vocabulary, code) DO NOTHING;

-- typology_clear exec
-- in: community community_id, vocabulary typology_vocabulary
DELETE FROM community_typology WHERE community = :community AND vocabulary = :vocabulary;

-- feature_rows many
-- in: community community_id
-- out: feature_row
SELECT feature FROM community_feature WHERE community = :community ORDER BY feature;

-- feature_insert exec
-- in: community community_id, feature community_feature
INSERT INTO community_feature (community, feature) VALUES (:community, :feature)
ON CONFLICT (community, feature) DO NOTHING;

-- feature_clear exec
-- in: community community_id
DELETE FROM community_feature WHERE community = :community;

-- dominant_set exec
-- in: community community_id, dominant place_dominant
UPDATE community SET dominant = COALESCE(dominant_said, CASE WHEN is_place THEN CAST(:dominant AS TEXT) END) WHERE id = :community;

-- dominant_say exec
-- in: community community_id, said place_dominant
UPDATE community SET dominant_said = :said WHERE id = :community;

-- dominant_get one
-- in: community community_id
-- out: dominant place_dominant?, said place_dominant?
SELECT dominant, dominant_said FROM community WHERE id = :community;

-- field_source_put exec
-- in: community community_id, field text, source text, said text?, at instant
INSERT INTO field_source (community, field, source, said, at) VALUES (:community, :field, :source, :said, :at)
ON CONFLICT (community, field, source) DO UPDATE SET said = excluded.said, at = excluded.at;

-- Several fields at once: [field, what it said].
-- field_sources_put exec
-- in: community community_id, source text, rows json, at instant
INSERT INTO field_source (community, field, source, said, at)
SELECT :community, value ->> 0, :source, value ->> 1, :at
-- sqlite
FROM json_each(:rows)
-- postgres
FROM jsonb_array_elements(CAST(:rows AS jsonb)) AS t (value)
-- both
WHERE TRUE
ON CONFLICT (community, field, source) DO UPDATE SET said = excluded.said, at = excluded.at;

-- field_source_rows many
-- in: community community_id
-- out: field_source_row
SELECT field, source, said, at FROM field_source WHERE community = :community ORDER BY field, at, source;

-- field_source_has maybe
-- in: community community_id, field text, source text
-- out: at instant
SELECT at FROM field_source WHERE community = :community AND field = :field AND source = :source;
