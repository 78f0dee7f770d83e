/* open_catalog.c - the data sets as a catalogue that others harvest: the words of
 * DCAT, in JSON-LD whose context stands in the document itself. */
#include <string.h>

#include "base/civil.h"
#include "observatory/open_data.h"
#include "people/linked_data.h"
#include "platform/app.h"
#include "platform/config.h"
#include "platform/i18n.h"

static json_t *ref(const char *url)
{
	return json_pack("{s:s}", "@id", url);
}

static json_t *context(void)
{
	return json_pack("{s:s,s:s,s:s,s:s}", "dcat", "http://www.w3.org/ns/dcat#", "dct",
			 "http://purl.org/dc/terms/", "foaf", "http://xmlns.com/foaf/0.1/", "xsd",
			 "http://www.w3.org/2001/XMLSchema#");
}

/* A schema of ours is told on our page. */
static const char *whole(struct ctx *c, const char *url)
{
	return *url == '/' ? linked_data_url(c, url) : url;
}

static json_t *distribution(struct ctx *c, const struct data_set *s, const struct data_file *f)
{
	const char *url = linked_data_url(c, f->address);
	char *type = talloc_strndup(c->mem, f->type, strcspn(f->type, ";"));
	return json_pack("{s:s,s:s,s:s,s:s,s:o,s:o,s:o,s:o}", "@id", fmt(c, "%s#file", url), "@type",
			 "dcat:Distribution", "dct:title", f->name, "dcat:mediaType", type,
			 "dcat:downloadURL", ref(url), "dcat:accessURL", ref(url), "dct:license",
			 ref(s->licence_url), "dct:conformsTo", ref(whole(c, s->schema)));
}

static json_t *dataset(struct ctx *c, const struct data_set *s)
{
	const char *about = s->why_empty ? fmt(c, "%s %s %s", s->about, T(c, "open_data.empty"), s->why_empty)
					 : s->about;
	json_t *files = json_array(),
	       *o = json_pack("{s:s,s:s,s:s,s:s,s:s,s:o,s:o}", "@id",
			      linked_data_url(c, fmt(c, "/data#%s", s->id)), "@type", "dcat:Dataset",
			      "dct:identifier", s->id, "dct:title", s->name, "dct:description", about,
			      "dct:license", ref(s->licence_url), "dcat:landingPage",
			      ref(linked_data_url(c, "/data")));
	for (size_t i = 0; i < s->files.n; i++)
		json_array_append_new(files, distribution(c, s, &s->files.items[i]));
	json_object_set_new(o, "dcat:distribution", files);
	if (!is_none(s->updated)) {
		char at[21];
		instant_iso(s->updated, at);
		json_object_set_new(o, "dct:modified",
				    json_pack("{s:s,s:s}", "@value", at, "@type", "xsd:dateTime"));
	}
	open_set(o, "dcat:version", s->edition);
	return o;
}

void open_catalog(struct ctx *c, const struct data_page *v, struct buf *out)
{
	const char *name = c->app->config ? c->app->config->site_name : NULL;
	json_t *sets = json_array();
	for (size_t i = 0; i < v->items.n; i++)
		json_array_append_new(sets, dataset(c, &v->items.items[i]));
	open_json(out,
		  json_pack("{s:o,s:s,s:s,s:s,s:{s:s,s:s},s:o,s:o,s:o}", "@context", context(), "@id",
			    linked_data_url(c, "/data/catalog.jsonld"), "@type", "dcat:Catalog", "dct:title",
			    name ? name : "Maillage", "dct:publisher", "@type", "foaf:Organization",
			    "foaf:name", name ? name : "Maillage", "dct:license", ref(v->licence_url),
			    "foaf:homepage", ref(linked_data_url(c, "/")), "dcat:dataset", sets));
}

rc open_catalog_write(struct ctx *c, struct buf *out)
{
	struct data_page v = { 0 };
	enum lang before = c->lang;
	c->lang = LANG_FR;
	rc code = open_data_sets(c, &v);
	c->lang = before;
	TRY(code);
	open_catalog(c, &v, out);
	return OK;
}
