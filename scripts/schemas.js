// Writes the JSON Schemas of what commands print to docs/schemas/, from the TypeBox schemas of the code.
// Run after a build with --test; a test fails where the files are not what this writes.
import { writeFileSync } from 'node:fs'
import { publishedSchemas } from '../.build/tests/schemas.js'

for (const [name, text] of publishedSchemas()) writeFileSync(`docs/schemas/${name}.json`, text)
