// Writes what is generated and committed: the OpenAPI document of each bundled API.
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'

mkdirSync('openapi', { recursive: true })
const { status } = spawnSync(
  process.execPath,
  ['dist/cli/main.js', 'openapi', '--out', 'openapi/onboarding.json'],
  { stdio: 'inherit' },
)
process.exit(status ?? 1)
