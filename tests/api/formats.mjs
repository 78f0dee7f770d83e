// node formats.mjs ADDRESS: the open data of a server, in the eyes of readers
// that are not ours. Prints how many places the national library takes whole.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import assert from 'node:assert/strict'
import { check } from '@placemarkio/check-geojson'

const require = createRequire(import.meta.url)
const jsonld = require('jsonld')
const Ajv = require('ajv')
const second = require('@gouvfr-anct/lieux-de-mediation-numerique')
const first = require('lieux-de-mediation-numerique-1')
const text = async path => {
	const answer = await fetch(process.argv[2] + path)
	assert.equal(answer.status, 200, path)
	return answer.text()
}

// The library cannot read a place without pivot, address or postal code. Ours
// are published all the same: it must refuse those, and for that only.
const needs = [['pivot', 'pivot'], ['adresse', 'voie'], ['code_postal', 'code postal']]
const filled = { pivot: '73282932000074', adresse: '1 place du Test', code_postal: '86000',
	services: 'Accès internet et matériel informatique' }
const readings = { whole: 0, refused: 0 }
const read = (places, reads, always) => {
	assert.ok(places.length > 0)
	for (const place of places) {
		const asked = { ...always, ...place }
		if (needs.some(([column]) => !place[column])) {
			assert.throws(() => reads(asked), place.nom)
			readings.refused++
			reads({ ...filled, ...asked })
		} else {
			const back = reads(asked)
			assert.equal(back.id, place.id)
			assert.equal(back.pivot, place.pivot)
			assert.equal(back.adresse.voie, place.adresse)
			assert.deepEqual(back.typologies ?? [], place.typologie?.split(always.separator ?? '|') ?? [])
			if (place.longitude !== undefined) assert.equal(back.localisation.longitude, place.longitude)
			readings.whole++
		}
	}
}
const places = JSON.parse(await text('/data/national-2.json'))
read(places, second.fromSchemaLieuDeMediationNumerique, {})
// Of version 1 the library cannot read a place without services either.
read(JSON.parse(await text('/data/national-1.json')), first.fromSchemaLieuDeMediationNumerique,
	{ services: 'Accéder à du matériel', separator: ';' })

// It takes any text for hours: ours are checked here, day and hour.
const rule = /^(24\/7|((PH|Mo|Tu|We|Th|Fr|Sa|Su)[-,]?)+ (off|closed|(\d\d:\d\d-\d\d:\d\d,?)+)|off)$/
for (const { nom, horaires } of places)
	for (const part of horaires?.split(/; ?/) ?? []) assert.match(part, rule, nom)

// The CSV holds what the JSON holds.
const cells = (await text('/data/national-2.csv')).split('\r\n')[0].split(',')
for (const place of places) for (const column of Object.keys(place)) assert.ok(cells.includes(column), column)

for (const path of ['/data/communities.geojson', '/data/osm.geojson']) check(await text(path))
const osm = JSON.parse(await text('/data/osm.geojson'))
for (const { properties } of osm.features)
	for (const [key, value] of Object.entries(properties)) {
		assert.match(key, /^[a-zA-Z:_]+$/)
		assert.ok(typeof value === 'string' && value.length <= 255, key)
	}

const schema = JSON.parse(readFileSync(new URL('murmurations.schema.json', import.meta.url)))
const valid = new Ajv({ allErrors: true }).compile(schema)
const { profiles } = JSON.parse(await text('/data/murmurations.json'))
assert.ok(profiles.length > 0)
for (const { name, profile_url } of profiles) {
	const profile = JSON.parse(await text(new URL(profile_url).pathname))
	assert.ok(valid(profile), name + ': ' + JSON.stringify(valid.errors))
	assert.equal(profile.name, name)
}
assert.ok(!valid({ name: 'sans schéma' }))
assert.ok(!valid({ linked_schemas: ['organizations_schema-v1.0.0'], name: 'x', primary_url: 'x.example' }))

// Tables: what the CSV holds, the JSON holds.
for (const name of ['sources', 'figures', 'links', 'prices']) {
	const rows = JSON.parse(await text(`/data/${name}.json`))
	const lines = (await text(`/data/${name}.csv`)).split('\r\n')
	assert.ok(rows.length > 0, name)
	assert.deepEqual(Object.keys(rows[0]), lines[0].split(','), name)
}
for (const name of ['regions', 'departements']) check(await text(`/data/${name}.geojson`))

// A reader that has the file is told so, and pages of other sites may read it.
const once = await fetch(process.argv[2] + '/data/national-2.csv')
assert.equal(once.headers.get('access-control-allow-origin'), '*')
const again = await fetch(process.argv[2] + '/data/national-2.csv',
	{ headers: { 'If-None-Match': once.headers.get('etag') } })
assert.equal(again.status, 304)
assert.equal((await again.text()).length, 0)

// Pages told in the words of schema.org. Its context, asked for by address, is here: names are in its vocabulary.
const SCHEMA = 'http://schema.org/'
const local = async url => {
	assert.match(url, /^https?:\/\/schema\.org\/?$/)
	return { documentUrl: url, contextUrl: null, document: { '@context': { '@vocab': SCHEMA, sameAs: { '@type': '@id' } } } }
}
const offline = async url => { throw new Error('asked for ' + url) }
let offers = 0, hours = 0
for (const { id } of places) {
	const page = await text(`/places/${id}`)
	const block = page.match(/<script type="application\/ld\+json">(.*?)<\/script>/s)
	const [thing] = await jsonld.expand(JSON.parse(block[1]), { documentLoader: local })
	const one = (name, of = thing) => of[SCHEMA + name]?.[0]
	assert.equal(thing['@type'][0], SCHEMA + 'LocalBusiness')
	assert.ok(one('name')['@value'])
	for (const { '@id': same } of thing[SCHEMA + 'sameAs'] ?? []) assert.match(same, /^https?:/)
	for (const amenity of thing[SCHEMA + 'amenityFeature'] ?? []) assert.equal(one('value', amenity)['@value'], true)
	for (const open of thing[SCHEMA + 'openingHoursSpecification'] ?? []) {
		assert.match(one('opens', open)['@value'], /^\d\d:\d\d$/)
		hours++
	}
	for (const offer of thing[SCHEMA + 'makesOffer'] ?? []) {
		const price = one('priceSpecification', offer)
		assert.match(one('price', price)['@value'], /^\d+\.\d\d$/)
		assert.equal(one('priceCurrency', price)['@value'], 'EUR')
		offers++
	}
	for (const event of thing[SCHEMA + 'event'] ?? []) assert.ok(Date.parse(one('startDate', event)['@value']) > 0)
	const own = (await jsonld.toRDF(thing, { documentLoader: offline })).length
	assert.ok(own > 5, id)
}
assert.ok(offers > 0 && hours > 0)

// The catalogue, read as statements: each set has a licence, each file answers.
const catalog = await jsonld.expand(JSON.parse(await text('/data/catalog.jsonld')), { documentLoader: offline })
const DCAT = 'http://www.w3.org/ns/dcat#', DCT = 'http://purl.org/dc/terms/'
assert.deepEqual(catalog[0]['@type'], [DCAT + 'Catalog'])
const sets = catalog[0][DCAT + 'dataset']
assert.ok(sets.length >= 10)
for (const set of sets) {
	assert.match(set[DCT + 'license'][0]['@id'], /^https:/)
	for (const file of set[DCAT + 'distribution'])
		await text(new URL(file[DCAT + 'downloadURL'][0]['@id']).pathname)
}
assert.ok(sets.some(set => set[DCT + 'modified']))
const facts = await jsonld.toRDF(catalog, { documentLoader: offline, format: 'application/n-quads' })
assert.ok(facts.split('\n').length > sets.length * 8)

// Every record stands in the feed, once, and the feed is well-formed enough to be cut in entries.
const { items } = JSON.parse(await text('/data/changes.json'))
assert.equal(new Set(items.map(({ id }) => id)).size, profiles.length)
assert.equal((await text('/data/changes.atom')).split('<entry>').length - 1, profiles.length)

console.log(`places read whole ${readings.whole}, refused for what is not known ${readings.refused}; ` +
	`profiles ${profiles.length}; places with tags ${osm.features.length}`)
