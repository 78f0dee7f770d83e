#include "base/test.h"

#include "import_cast.h"
#include "observatory/import_sql.h"
#include "observatory/mapping.h"
#include "observatory/open_data.h"
#include "platform/jobs.h"

void cast_towns(struct world *w)
{
	world_script(
		w,
		"INSERT INTO region (code, name, chef_lieu, zone) VALUES ('75', 'Nouvelle-Aquitaine', '', 'metro'), "
		"('84', 'Auvergne-Rhône-Alpes', '', 'metro');"
		"INSERT INTO departement (code, name, region, chef_lieu, zone) VALUES ('86', 'Vienne', '75', '', 'metro'), "
		"('69', 'Rhône', '84', '', 'metro');"
		"INSERT INTO commune (insee, name, folded, postal_codes, lat_e5, lon_e5, population, departement, region) VALUES "
		"('86194', 'Poitiers', 'poitiers', '86000', 4658400, 34000, 90000, '86', '75'), "
		"('86133', 'Ligugé', 'liguge', '86240', 4651600, 32700, 3200, '86', '75'), "
		"('69123', 'Lyon', 'lyon', '69001 69003', 4575800, 483500, 520000, '69', '84');"
		"INSERT INTO commune_key (key, kind, insee, weight) VALUES ('poitiers', 'name', '86194', 90000), "
		"('liguge', 'name', '86133', 3200), ('lyon', 'name', '69123', 520000), "
		"('86000', 'postal', '86194', 90000), ('86240', 'postal', '86133', 3200);");
}

const char *cast_national(struct world *w, int n)
{
	struct buf b;
	buf_init(&b, w->c->mem, 1 << 16);
	buf_str(&b,
		"id,pivot,nom,commune,code_postal,code_insee,adresse,latitude,longitude,typologie,telephone,courriels,"
		"site_web,horaires,presentation_resume,source,date_maj,services\r\n");
	for (int i = 1; i <= n; i++)
		buf_fmt(&b,
			"lieu-%d,,Lieu %d,Poitiers,86000,86194,%d rue de l’Orme,46.%05d,0.3%04d,TIERS_LIEUX,05 49 00 00 "
			"00,l%d@orme.example,https://orme.example/%d,Mo-Fr 09:00-18:00,Un lieu,HINAURA,2024-03-05,Aide aux "
			"démarches administratives\r\n",
			i, i, i, 50000 + i * 7, i % 10000, i, i);
	return b.s;
}

struct handing {
	struct import_start start;
	pubid run;
};

static rc hand(struct ctx *c, void *arg)
{
	struct handing *h = arg;
	return import_run_start(c, &h->start, &h->run);
}

static struct import_start start_of(const char *source, int format, const char *text)
{
	return (struct import_start){ .label = source,
				      .licence = "Licence Ouverte 2.0",
				      .format = format,
				      .file = { text, strlen(text) } };
}

pubid cast_run_of(struct world *w, const char *source, int format, const char *text)
{
	struct handing h = { .start = start_of(source, format, text) };
	assert_int_equal(db_write(w->c, hand, &h), OK);
	return h.run;
}

void import_work_once(struct world *w)
{
	static const struct job_def job = { "imports", 60, true, imports_work };
	assert_int_equal(jobs_run(&w->app, &job), OK);
}

void import_work_all(struct world *w)
{
	for (int i = 0; i < 1000 && cast_number(w, "SELECT COUNT(*) AS value FROM import_run WHERE state IN "
						   "('waiting', 'reading', 'applying')");
	     i++)
		import_work_once(w);
}

struct whole {
	struct import_start start;
	struct import_told *told;
};

static rc put(struct ctx *c, void *arg)
{
	struct whole *h = arg;
	return import_whole(c, &h->start, false, h->told);
}

rc cast_import(struct world *w, const char *source, int format, const char *text, struct import_told *told)
{
	struct import_told mine;
	struct whole h = { start_of(source, format, text), told ? told : &mine };
	return db_write(w->c, put, &h);
}

struct exporting {
	const struct open_file *file;
	community_id of;
	struct buf b;
};

static rc write_out(struct ctx *c, void *arg)
{
	struct exporting *e = arg;
	struct open_records l;
	buf_init(&e->b, c->mem, 4096);
	if (e->file)
		return open_file_write(c, e->file, &e->b);
	TRY(open_record_read(c, e->of, &l));
	murmurations_profile(c, &l.items[0], &e->b);
	return OK;
}

const char *cast_export(struct world *w, const char *name)
{
	struct exporting e = { .file = open_file_named(name) };
	assert_non_null(e.file);
	assert_int_equal(db_read(w->c, write_out, &e), OK);
	return e.b.s;
}

const char *cast_profile(struct world *w, community_id id)
{
	struct exporting e = { .of = id };
	assert_int_equal(db_read(w->c, write_out, &e), OK);
	return e.b.s;
}

int64_t cast_state(struct world *w, pubid run)
{
	return enum_find(&import_state_words,
			 cast_text(w, "SELECT state AS value FROM import_run WHERE pub = '%s'", run.s));
}

struct keeping {
	const char *label;
	octets file;
	pubid pub;
};

static rc keep(struct ctx *c, void *arg)
{
	struct keeping *k = arg;
	struct spreadsheet book;
	octets kept;
	TRY(spreadsheet_read(c, k->file, &book, &kept));
	return mapping_start(c, &(struct import_start){ .label = k->label, .file = kept }, &book, &k->pub);
}

pubid cast_keep_sheet(struct world *w, const char *label, octets file)
{
	struct keeping k = { label, file, { "" } };
	if (db_write(w->c, keep, &k) != OK)
		fail_msg("%s", w->c->failure.key);
	return k.pub;
}
