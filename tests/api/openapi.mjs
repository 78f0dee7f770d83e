// node openapi.mjs FILE: is it a sound OpenAPI document? Asked of a validator
// that is not ours; every reference must lead somewhere.
import { readFileSync } from 'node:fs'
import { Validator } from '@seriousme/openapi-schema-validator'

const document = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const validator = new Validator()
const result = await validator.validate(document)
if (!result.valid) {
	console.error(JSON.stringify(result.errors, null, 1))
	process.exit(1)
}
const missing = new Set()
JSON.stringify(document, (key, value) => {
	if (key === '$ref' && !value.slice(2).split('/').reduce((at, name) => at?.[name], document))
		missing.add(value)
	return value
})
if (missing.size) {
	console.error('no such schema:', [...missing].join(' '))
	process.exit(1)
}
console.log(`OpenAPI ${validator.version}: ${Object.keys(document.paths).length} paths are sound`)
