import { readFileSync } from 'node:fs'
import { KindGuard, type TSchema } from '@sinclair/typebox'
import t from 'tap'
import { onboarding } from '../../../src/apis/onboarding/index.js'
import { sourceOf } from '../../../src/operation/build.js'
import type { Parameter } from '../../../src/operation/operation.js'
import { formatSource, SOURCE_KEYWORD, type SourceLocation } from '../../../src/operation/source.js'
import { operationOf, ROOT } from './helper.js'

const linesOf = (file: string): string[] => readFileSync(new URL(file, ROOT), 'utf8').split('\n')
const lineAt = ({ file, line }: SourceLocation): string => linesOf(file)[line - 1] ?? ''

/** A page as a reader sees it: link texts without their targets, one space between words. */
const proseOf = (file: string): string =>
  linesOf(file)
    .join(' ')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\s+/g, ' ')

const byLine = (a: { source: SourceLocation }, b: { source: SourceLocation }) => a.source.line - b.source.line

interface Fact {
  readonly name: string
  readonly schema: TSchema
  readonly source: SourceLocation
}

/** Every schema inside, with the name of the member that it belongs to, and its place, else that of what it is part of. */
function factsOf(schema: TSchema, name: string, around: SourceLocation): Fact[] {
  const source = schema[SOURCE_KEYWORD] === undefined ? around : sourceOf(schema)
  const options = KindGuard.IsUnion(schema) ? schema.anyOf : []
  const members = KindGuard.IsObject(schema) ? Object.entries(schema.properties) : []
  return [
    { name, schema, source },
    ...options.flatMap((option) => factsOf(option, name, source)),
    // Each member has a place of its own.
    ...members.flatMap(([key, member]) => factsOf(member, key, sourceOf(member))),
  ]
}

const pages = { resetPin: 'reset-pin-api.md', login: 'login-api.md', getToken: 'get-token-api.md' }

for (const [operationId, page] of Object.entries(pages)) {
  const file = `fixtures/onboarding/${page}`
  const operation = operationOf(operationId)
  const { parameters, requestBody, responses, links } = operation
  const rows: Parameter[] = [...parameters, ...(requestBody?.parameters ?? [])]

  await t.test(`${operationId}: each fact stands where its schema says`, async (t) => {
    const schemas = [...(requestBody?.content ?? []), ...responses.flatMap(({ content }) => content)].flatMap(
      ({ schema }) => (schema ? factsOf(schema, '', sourceOf(schema)) : []),
    )
    const facts = [...rows.flatMap(({ name, schema, source }) => factsOf(schema, name, source)), ...schemas]
    t.ok(facts.length > 10)
    for (const { name, schema, source } of facts) {
      const line = lineAt(source)
      t.equal(source.file, file)
      const isLiteral = KindGuard.IsLiteral(schema)
      t.ok(
        line.includes(name) || (isLiteral && line.includes(String(schema.const))),
        `${formatSource(source)}: ${name}`,
      )
      if (isLiteral && !line.startsWith('{%')) {
        t.ok(line.includes(String(schema.const)), `${formatSource(source)}: ${schema.const}`)
      }
      if (schema.description !== undefined) {
        t.ok(
          proseOf(file).includes(schema.description.replace(/\s+/g, ' ')),
          `${file} says "${schema.description}"`,
        )
      }
    }
  })

  await t.test(`${operationId}: each row of the page is a parameter, and each parameter a row`, async (t) => {
    const row =
      /^\{% swagger-parameter in="(\w+)" name="(\S+?) ?"(?: type="(\S+) ?")?(?: required="(\w+)")? %\}$/
    const stated = linesOf(file).flatMap((text, index) => {
      const [, place, name, typeText, required] = row.exec(text) ?? []
      if (name === undefined || name === 'Content-Type') return []
      return [{ in: place, name, typeText, required: required === 'true', source: { file, line: index + 1 } }]
    })
    const modelled = rows.map(({ in: place, name, typeText, required, source }) => ({
      in: place,
      name,
      typeText,
      required: required === true,
      source,
    }))
    t.strictSame(modelled.toSorted(byLine), stated)
  })

  await t.test(`${operationId}: block, statuses, links, prose`, async (t) => {
    const block = lineAt(operation.source)
    t.ok(block.includes(`method="${operation.method.toLowerCase()}"`))
    t.ok(block.includes(`${operation.path}"`))
    t.ok(linesOf(file).includes(`# ${operation.summary}`))
    t.ok(proseOf(file).includes(operation.description ?? 'nothing'))
    for (const { status, description, source, undocumentedBody } of responses) {
      t.ok(lineAt(source).includes(`status="${status}: ${description}"`), formatSource(source))
      const shown = linesOf(file).slice(
        source.line,
        linesOf(file).indexOf('{% endswagger-response %}', source.line),
      )
      t.equal(
        shown.some((line) => line.includes('// Response')),
        undocumentedBody !== undefined,
        `${formatSource(source)}: a placeholder, or a sample`,
      )
    }
    t.strictSame(
      responses.filter(({ undocumentedBody }) => undocumentedBody).map(({ status }) => status),
      ['401'],
    )
    for (const { text, href, source } of links) t.equal(lineAt(source), `[${text}](${href})`)
    for (const { href } of links) t.ok(linesOf(`fixtures/onboarding/${href}`).length > 1, `${href} is there`)
  })
}

await t.test('the examples are those of the pages', async (t) => {
  for (const { operationId, requestBody, responses } of onboarding.description.operations) {
    const contents = [...(requestBody?.content ?? []), ...responses.flatMap(({ content }) => content)]
    for (const { name, source, origin, text: body, repairs } of contents.flatMap(
      ({ examples }) => examples,
    )) {
      const from = source.line
      const rest = linesOf(source.file).slice(from - 1)
      const end = rest.findIndex((text) => text.startsWith('```'))
      const text = rest.slice(0, end).join('\n')
      if (origin === 'documented') {
        t.strictSame(JSON.parse(body), JSON.parse(text), `${operationId} ${name}`)
        t.strictSame(repairs, [])
      } else {
        t.throws(() => JSON.parse(text), `${formatSource(source)} is no JSON`)
        const mended = text
          .replace(/[“”]/g, '"')
          .replace(/^(\w+):/gm, '"$1":')
          .replace(/(["\d}]) *\n+(?=")/g, '$1,\n')
        t.strictSame(JSON.parse(body), JSON.parse(mended), `${operationId} ${name}`)
        t.strictSame([...new Set(repairs.map(({ kind }) => kind))].toSorted(), [
          'bare-key',
          'missing-comma',
          'smart-quotes',
        ])
        for (const { source } of repairs) t.ok(source.line >= from && source.line < from + end)
      }
    }
  }
})

await t.test('each finding points at what it speaks of', async (t) => {
  const signs: Record<string, RegExp> = {
    'placeholder-response': /^\{$/,
    'url-mended': /<domain>/,
    'constraint-elsewhere': /name="pin"/,
    'curl-not-runnable': /^\\--/,
    'curl-escaped-option': /^\\--/,
    'curl-header-no-space': /--header '[\w-]+:\S/,
    'curl-other-method': /^curl .* POST/,
    'curl-other-path': /^curl .*\/new\/token'/,
    'get-with-body': /in="body"/,
    'example-conflict': /TOK200/,
    'sample-repaired': /[“”]/,
    'path-in-base-url': /baseUrl="[^"]*\/v[12]/,
    'curl-media-type': /^curl|Content-Type: text/,
    'sample-unreadable': /^ +sdk-public-key$/,
    'sample-contradicts-type': /name="(isdCode |mobileNumber)" type="String"|isdCode”: 91|"dob":15051988/,
    'undocumented-encryption': /encrypted/,
  }
  const { findings } = onboarding.description
  t.strictSame([...new Set(findings.map(({ rule }) => rule))].toSorted(), Object.keys(signs).toSorted())
  for (const { rule, source } of findings)
    t.match(lineAt(source), signs[rule], `${formatSource(source)} ${rule}`)
})

await t.test('the four forms of Get Token differ in method and path only', async (t) => {
  const rest = ['getToken', 'getTokenByPost', 'getTokenWithoutV2', 'getTokenWithoutV2ByPost'].map((id) => {
    const { operationId: _id, method, path, source: _source, sources: _sources, ...same } = operationOf(id)
    return { route: `${method} ${path}`, same }
  })
  t.equal(new Set(rest.map(({ route }) => route)).size, 4)
  for (const { same } of rest) t.strictSame(same, rest[0]?.same)
  t.ok(
    lineAt(operationOf('getTokenWithoutV2ByPost').source).includes(
      "POST 'https://bank.example/token-service/client/server/new/token'",
    ),
  )
})
