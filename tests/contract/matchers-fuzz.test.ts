import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import * as fc from 'fast-check'
import t from 'tap'
import { compileMatchers, type Matchers } from '../../src/contract/matchers.js'
import { toPlain } from '../../src/operation/json.js'
import { askEngine } from './engine.js'
import { mutate } from './mutate.js'
import { relax } from './relax.js'
import { schemas } from './schemas.js'

/** Raise them for a longer run: `STANDIN_FUZZ_SCHEMAS=2000 node .build/tests/contract/matchers-fuzz.test.js`. */
const COUNT = Number(process.env.STANDIN_FUZZ_SCHEMAS ?? 40)
const SEED = Number(process.env.STANDIN_FUZZ_SEED ?? 20240131)
const DOCUMENTS = 12

// The verifier is a process of its own, and slow to start on a busy machine.
t.setTimeout(120_000)

const relaxed = ({ schema, unsupported }: Matchers): object => {
  const result = relax(schema, unsupported)
  return typeof result === 'object' && result !== null ? result : {}
}

void t.test('the rules agree with the schema, but for what is listed', async (t) => {
  const ajv = new Ajv2020({ strict: false, logger: false })
  formats.default(ajv)
  const cases = fc.sample(schemas, { numRuns: COUNT, seed: SEED }).map((schema, index) => {
    const compiled = compileMatchers(schema)
    const validate = ajv.compile(relaxed(compiled))
    const base = toPlain(compiled.closed?.example ?? compiled.example)
    const once = fc.sample(mutate(base), { numRuns: DOCUMENTS / 2, seed: SEED + index })
    const twice = once.flatMap((document, at) =>
      fc.sample(mutate(document), { numRuns: 1, seed: SEED - index * DOCUMENTS - at }),
    )
    const documents = [base, toPlain(compiled.example), ...once, ...twice]
    return { schema, compiled, documents, expected: documents.map((document) => validate(document)) }
  })
  const ask = cases.flatMap(({ compiled, documents }) => {
    const texts = documents.map((document) => JSON.stringify(document))
    return [compiled, compiled.closed ?? compiled].map((assertion) => ({ assertion, documents: texts }))
  })
  const answers = await askEngine(ask)
  let asked = 0
  let accepted = 0
  const disagreements: string[] = []
  for (const [index, { schema, documents, expected, compiled }] of cases.entries()) {
    for (const [at, document] of documents.entries()) {
      const reasons = [...(answers[index * 2]?.[at] ?? []), ...(answers[index * 2 + 1]?.[at] ?? [])]
      asked++
      if (reasons.length === 0) accepted++
      if ((reasons.length === 0) === expected[at]) continue
      disagreements.push(
        `${JSON.stringify(schema)} on ${JSON.stringify(document)}: schema ${expected[at] ? 'accepts' : 'refuses'}; ${reasons[0] ?? 'Pact accepts'}; ${JSON.stringify(compiled.unsupported.map(({ pointer }) => pointer))}`,
      )
    }
  }
  const agreement = 1 - disagreements.length / asked
  t.comment(`${asked} documents, ${accepted} accepted, agreement ${(agreement * 100).toFixed(2)} %`)
  for (const disagreement of disagreements.slice(0, 30)) t.comment(disagreement)
  t.ok(accepted > asked / 10 && accepted < asked * 0.9, 'both answers are well represented')
  t.ok(agreement > 0.98, `agreement ${agreement}`)
})
