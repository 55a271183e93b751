import * as fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { loadModule } from '../../../src/load/module.js'
import type { ApiDescription } from '../../../src/operation/description.js'
import { asSchema } from '../../../src/operation/build.js'
import { parseExact, stringifyExact } from '../../../src/operation/json.js'
import { isJson } from '../../../src/operation/media-type.js'
import { readSources } from '../../../src/parse/source.js'
import { description } from './descriptions.js'
import { difference, plain, writeModules } from './written.js'

/** Bodies of examples without the layout of JSON, which a file of values does not keep. */
function laidOut(given: ApiDescription): unknown {
  const copy = structuredClone(plain(given))
  visit(copy)
  return copy
}

function visit(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  if ('mediaType' in value && 'text' in value && typeof value.text === 'string') {
    if (isJson(String(value.mediaType))) value.text = compact(value.text)
    return
  }
  for (const member of Object.values(value)) visit(member)
}

function compact(text: string): string {
  try {
    return stringifyExact(parseExact(text))
  } catch {
    return text
  }
}

await t.test('a description that was written down is the same when it is loaded', async (t) => {
  let run = 0
  const root = t.testdir()
  await fc.assert(
    fc.asyncProperty(description, async (given) => {
      const folder = join(root, String(run++))
      writeModules(folder, given)
      const { description } = await loadModule(join(folder, 'index.ts'), folder)
      const found = difference(laidOut(given), laidOut(description))
      if (found !== undefined) throw new Error(found)
    }),
    { numRuns: 15, seed: 7 },
  )
  t.pass()
})

/** After a negative number a reader of TypeScript may take a bracket on the next line to belong to the number. */
await t.test('a type with a member named __proto__ under one of negative numbers', async (t) => {
  const source = { file: 'docs/a.md', line: 1 }
  const properties = {
    description: { type: 'string', description: 'Long enough for the type to take more than one line' },
    theLevelOfTheWater: { enum: [1, null, true, -1.5] },
    ['__proto__']: { type: 'object', additionalProperties: { type: 'string' } },
  }
  const schema = asSchema({ type: 'object', properties })
  const given: ApiDescription = {
    title: 'Levels',
    operations: [
      {
        operationId: 'putLevel',
        method: 'PUT',
        path: '/level',
        parameters: [],
        requestBody: { content: [{ mediaType: 'application/json', schema, examples: [] }], source },
        responses: [],
        resultCodes: [],
        links: [],
        source,
        sources: [],
      },
    ],
    securitySchemes: {},
    documents: {},
    findings: [],
  }
  const folder = t.testdir()
  writeModules(folder, given)
  const { description } = await loadModule(join(folder, 'index.ts'), folder)
  t.equal(difference(laidOut(given), laidOut(description)), undefined)
})

await t.test('the bundled pages, read, written down and loaded, are the same description', async (t) => {
  const pages = ['reset-pin-api', 'login-api', 'get-token-api'].map((page) => {
    const path = `fixtures/onboarding/${page}.md`
    return { path, text: readFileSync(new URL(path, import.meta.resolve('standin/package.json')), 'utf8') }
  })
  const given = readSources(pages, { read: () => undefined })
  const folder = t.testdir()
  t.strictSame(
    writeModules(folder, given)
      .filter((file) => /^[a-z]+-?[a-z]+\.ts$/.test(file))
      .toSorted(),
    ['behaviour.ts', 'findings.ts', 'get-token.ts', 'index.ts', 'login.ts', 'reset-pin.ts'],
  )
  const { description } = await loadModule(join(folder, 'index.ts'), folder)
  t.equal(difference(laidOut(given), laidOut(description)), undefined)
})
