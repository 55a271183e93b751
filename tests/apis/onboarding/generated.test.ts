import { readFileSync } from 'node:fs'
import t from 'tap'
import { emitTypeBox } from '../../../src/emit/typebox.js'
import { readSources } from '../../../src/parse/source.js'
import { ROOT } from './helper.js'

const read = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8')

const pages = ['reset-pin-api', 'login-api', 'get-token-api'].map((page) => {
  const path = `fixtures/onboarding/${page}.md`
  return { path, text: read(path) }
})
const description = readSources(pages, { read: () => undefined })
const emitted = emitTypeBox(description, { words: '../../operation/build.js', command: 'npm run generate' })

/** Where each file is committed. The index and the behaviour are written by people. */
const places: Record<string, string> = {
  'reset-pin.ts': 'src/apis/onboarding/reset-pin.ts',
  'login.ts': 'src/apis/onboarding/login.ts',
  'get-token.ts': 'src/apis/onboarding/get-token.ts',
  'findings.ts': 'src/apis/onboarding/findings.ts',
  'fixtures/examples.json': 'fixtures/onboarding/examples.json',
}

for (const { path, text } of emitted.filter(({ path }) => !['index.ts', 'behaviour.ts'].includes(path))) {
  await t.test(`${path} is what its page gives`, async (t) => {
    const place = places[path]
    t.ok(place, `a file that scripts/generate.js does not know: ${path}`)
    if (place === undefined) return
    t.equal(read(place), text, `${place} is stale or edited by hand: npm run generate writes it anew`)
  })
}

await t.test('every committed file is generated', async (t) => {
  t.strictSame(
    Object.keys(places).filter((path) => !emitted.some((one) => one.path === path)),
    [],
  )
})
