#include "people/typology.h"

#include <ctype.h>
#include <string.h>

#include "base/fold.h"
#include "people/typology_sql.h"

static const struct enumeration *const vocabularies[TYPOLOGY_VOCABULARY_COUNT] = {
	[TYPOLOGY_VOCABULARY_STUDY] = &study_typology_words,
	[TYPOLOGY_VOCABULARY_BESSON] = &besson_typology_words,
	[TYPOLOGY_VOCABULARY_NATIONAL] = &national_typology_words,
};
_Static_assert(NATIONAL_TYPOLOGY_COUNT <= TYPOLOGY_MOST, "a set must hold all codes");

const struct enumeration *typology_words(int vocabulary)
{
	return vocabularies[vocabulary];
}

int study_group(int code)
{
	return code < STUDY_TYPOLOGY_FARMING	 ? STUDY_TYPOLOGY_SERVICES
	       : code < STUDY_TYPOLOGY_CRAFT	 ? STUDY_TYPOLOGY_FARMING
	       : code < STUDY_TYPOLOGY_EDUCATION ? STUDY_TYPOLOGY_CRAFT
						 : STUDY_TYPOLOGY_EDUCATION;
}

const char *national_code(struct ctx *c, int code)
{
	if (code == NATIONAL_TYPOLOGY_AUTRE)
		return "Autre";
	char *upper = talloc_strdup(c->mem, enum_word(&national_typology_words, code));
	for (char *s = upper; *s; s++)
		*s = (char)toupper((unsigned char)*s);
	return upper;
}

int national_find(struct ctx *c, const char *code)
{
	char *lower = talloc_strdup(c->mem, code);
	for (char *s = lower; *s; s++)
		*s = (char)tolower((unsigned char)*s);
	return enum_find(&national_typology_words, lower);
}

int feature_group_of(int feature)
{
	return feature < COMMUNITY_FEATURE_MEETING_ROOM	  ? FEATURE_GROUP_COMFORT
	       : feature < COMMUNITY_FEATURE_LASER_CUTTER ? FEATURE_GROUP_ROOMS
	       : feature < COMMUNITY_FEATURE_STEP_FREE	  ? FEATURE_GROUP_MACHINES
							  : FEATURE_GROUP_ACCESS;
}

rc typology_read(struct ctx *c, community_id community, struct code_set out[TYPOLOGY_VOCABULARY_COUNT])
{
	struct typology_row_list l;
	memset(out, 0, TYPOLOGY_VOCABULARY_COUNT * sizeof *out);
	TRY(typology_rows(c, community, &l));
	for (size_t i = 0; i < l.n; i++) {
		int v = l.items[i].vocabulary, code = enum_find(vocabularies[v], l.items[i].code);
		if (code >= 0)
			out[v].has[code] = true;
	}
	return OK;
}

rc features_read(struct ctx *c, community_id community, struct code_set *out)
{
	struct feature_row_list l;
	*out = (struct code_set){ 0 };
	TRY(feature_rows(c, community, &l));
	for (size_t i = 0; i < l.n; i++)
		out->has[l.items[i].feature] = true;
	return OK;
}

/* ---- what follows for the map ---- */

int dominant_of(const struct code_set typologies[TYPOLOGY_VOCABULARY_COUNT], const struct code_set *features)
{
	const bool *study = typologies[TYPOLOGY_VOCABULARY_STUDY].has, *has = features->has;
	if (study[STUDY_TYPOLOGY_FARMING])
		return PLACE_DOMINANT_FARM;
	if (study[STUDY_TYPOLOGY_CRAFT])
		return PLACE_DOMINANT_WORKSHOP;
	if (typologies[TYPOLOGY_VOCABULARY_BESSON].has[BESSON_TYPOLOGY_CULTURE])
		return PLACE_DOMINANT_CULTURE;
	if (study[STUDY_TYPOLOGY_COWORKING] || study[STUDY_TYPOLOGY_COLLABORATIVE])
		return PLACE_DOMINANT_COWORKING;
	if (study[STUDY_TYPOLOGY_CAFE] || has[COMMUNITY_FEATURE_RESTAURANT] || has[COMMUNITY_FEATURE_CAFE])
		return PLACE_DOMINANT_FOOD;
	return PLACE_DOMINANT_OTHER;
}

rc dominant_refresh(struct ctx *c, community_id community)
{
	struct code_set typologies[TYPOLOGY_VOCABULARY_COUNT], features;
	TRY(typology_read(c, community, typologies));
	TRY(features_read(c, community, &features));
	return dominant_set(c, community, dominant_of(typologies, &features), NULL);
}

rc dominant_write(struct ctx *c, community_id community, int said)
{
	TRY(dominant_say(c, community, said, NULL));
	return dominant_refresh(c, community);
}

/* ---- writing ---- */

static rc insert(struct ctx *c, community_id community, int vocabulary, const struct code_set *codes)
{
	const struct enumeration *e = vocabularies[vocabulary];
	bool study = vocabulary == TYPOLOGY_VOCABULARY_STUDY;
	for (int i = 0; i < (int)e->n; i++) {
		if (!codes->has[i])
			continue;
		TRY(typology_insert(c, community, vocabulary, enum_word(e, i), NULL));
		if (study && study_group(i) != i)
			TRY(typology_insert(c, community, vocabulary, enum_word(e, study_group(i)), NULL));
	}
	return OK;
}

rc typology_put(struct ctx *c, community_id community, int vocabulary, const struct code_set *codes)
{
	TRY(typology_clear(c, community, vocabulary, NULL));
	return insert(c, community, vocabulary, codes);
}

rc typology_write(struct ctx *c, community_id community, int vocabulary, const struct code_set *codes)
{
	TRY(typology_put(c, community, vocabulary, codes));
	return dominant_refresh(c, community);
}

static rc insert_features(struct ctx *c, community_id community, const struct code_set *features)
{
	for (int i = 0; i < COMMUNITY_FEATURE_COUNT; i++)
		if (features->has[i])
			TRY(feature_insert(c, community, i, NULL));
	return OK;
}

rc features_put(struct ctx *c, community_id community, const struct code_set *features)
{
	TRY(feature_clear(c, community, NULL));
	return insert_features(c, community, features);
}

rc features_write(struct ctx *c, community_id community, const struct code_set *features)
{
	TRY(features_put(c, community, features));
	return dominant_refresh(c, community);
}

/* ---- from what it says that it does ---- */

struct says {
	const char *phrase, *codes;
};
static const struct says all_says[] = {
#define SAYS(phrase, codes) { phrase, codes },
#include "people/typology_words.def"
#undef SAYS
};

struct seed {
	struct code_set typologies[TYPOLOGY_VOCABULARY_COUNT], features;
};

/* "study.fablab": the part before the dot says which set. */
static void add_code(struct seed *s, const char *code)
{
	const char *dot = strchr(code, '.');
	for (int v = 0; v < TYPOLOGY_VOCABULARY_COUNT; v++) {
		const char *name = enum_word(&typology_vocabulary_words, v);
		int i = enum_find(vocabularies[v], dot + 1);
		if (strncmp(name, code, (size_t)(dot - code)) == 0 && i >= 0)
			s->typologies[v].has[i] = true;
	}
	int i = enum_find(&community_feature_words, dot + 1);
	if (strncmp(code, "feature.", 8) == 0 && i >= 0)
		s->features.has[i] = true;
}

/* Whole words of `text`, which has a space at both ends; found ones are blanked. */
static bool take_phrase(struct ctx *c, char *text, const char *phrase)
{
	const char *wanted = fmt(c, " %s ", phrase);
	size_t n = strlen(phrase);
	bool found = false;
	for (char *at = text; (at = strstr(at, wanted)); found = true)
		memset(at + 1, '.', n);
	return found;
}

static void read_activities(struct ctx *c, const char *activities, struct seed *s)
{
	char *text = fmt(c, " %s ", fold(c, activities));
	for (size_t i = 0; i < sizeof all_says / sizeof *all_says; i++) {
		char *rest, *codes = talloc_strdup(c->mem, all_says[i].codes);
		if (!take_phrase(c, text, all_says[i].phrase))
			continue;
		for (char *k = strtok_r(codes, " ", &rest); k; k = strtok_r(NULL, " ", &rest))
			add_code(s, k);
	}
}

rc typology_seed(struct ctx *c, community_id community, bool is_place, const char *activities)
{
	struct seed *s = new_zero(c, struct seed);
	if (activities)
		read_activities(c, activities, s);
	s->typologies[TYPOLOGY_VOCABULARY_NATIONAL].has[NATIONAL_TYPOLOGY_TIERS_LIEUX] = is_place;
	for (int v = 0; v < TYPOLOGY_VOCABULARY_COUNT; v++)
		TRY(insert(c, community, v, &s->typologies[v]));
	TRY(insert_features(c, community, &s->features));
	return dominant_refresh(c, community);
}

rc field_source_note(struct ctx *c, community_id community, const char *field, const char *source,
		     const char *said)
{
	return field_source_put(c, community, field, source, said, c->now, NULL);
}

rc field_sources_note(struct ctx *c, community_id community, const char *source, const char *rows)
{
	return field_sources_put(c, community, source, rows, c->now, NULL);
}
