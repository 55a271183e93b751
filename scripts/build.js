// Compiles src/ to dist/, or with --test everything to .build/. The target is wiped first, since a
// compiled file that has lost its source would go on running.
import { spawnSync } from 'node:child_process'
import { chmodSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const test = process.argv.includes('--test')
rmSync(test ? '.build' : 'dist', { recursive: true, force: true })
// Started through node and not through a shell, so that it works the same on Windows.
const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc')
const { status } = spawnSync(process.execPath, [tsc, '-p', test ? 'tsconfig.json' : 'tsconfig.build.json'], {
  stdio: 'inherit',
})
if (status !== 0) process.exit(status ?? 1)
if (!test) chmodSync('dist/cli/main.js', 0o755)
