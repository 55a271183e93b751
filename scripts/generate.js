// Writes what is generated and committed: the OpenAPI document and the contract of each bundled API.
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'

mkdirSync('openapi', { recursive: true })
const commands = [
  ['openapi', '--out', 'openapi/onboarding.json'],
  ['contract', '--consumer', 'mobile-app', '--provider', 'onboarding', '--out', 'contracts/'],
]
for (const command of commands) {
  const { status } = spawnSync(process.execPath, ['dist/cli/main.js', ...command], { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
