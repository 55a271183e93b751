// Writes what is generated and committed: the modules and examples of the bundled API, from its pages,
// and then its OpenAPI document and its contract; and the document of the control API.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { emitTypeBox } from '../.build/src/emit/typebox.js'
import { readSources } from '../.build/src/parse/source.js'

const pages = ['reset-pin-api', 'login-api', 'get-token-api'].map((page) => {
  const path = `fixtures/onboarding/${page}.md`
  return { path, text: readFileSync(path, 'utf8') }
})
const places = {
  'reset-pin.ts': 'src/apis/onboarding/reset-pin.ts',
  'login.ts': 'src/apis/onboarding/login.ts',
  'get-token.ts': 'src/apis/onboarding/get-token.ts',
  'findings.ts': 'src/apis/onboarding/findings.ts',
  'fixtures/examples.json': 'fixtures/onboarding/examples.json',
}
const description = readSources(pages, { read: () => undefined })
const emitted = emitTypeBox(description, {
  words: '../../operation/build.js',
  command: 'npm run generate',
})
for (const [path, place] of Object.entries(places)) {
  const file = emitted.find((one) => one.path === path)
  if (!file) throw new Error(`Nothing was generated for ${place}`)
  writeFileSync(place, file.text)
}

mkdirSync('openapi', { recursive: true })
const commands = [
  ['scripts/build.js'],
  ['dist/cli/main.js', 'openapi', '--out', 'openapi/onboarding.json'],
  [
    'dist/cli/main.js',
    'contract',
    '--consumer',
    'mobile-app',
    '--provider',
    'onboarding',
    '--out',
    'contracts/',
  ],
]
for (const command of commands) {
  const { status } = spawnSync(process.execPath, command, { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

const { controlDocument } = await import('../.build/src/serve/control/app.js')
writeFileSync('openapi/control.openapi.json', await controlDocument())
