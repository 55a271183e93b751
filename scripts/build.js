// Types src/ and bundles it into dist/, or with --test compiles everything to .build/. The target is wiped first, since a
// compiled file that has lost its source would go on running.
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { buildPage } from './build-page.js'
import { buildProgram } from './build-program.js'

const test = process.argv.includes('--test')
rmSync(test ? '.build' : 'dist', { recursive: true, force: true })
// Started through node and not through a shell, so that it works the same on Windows.
const require = createRequire(import.meta.url)
const folderOf = (name) => dirname(require.resolve(`${name}/package.json`))
const tsc = join(folderOf('typescript'), 'bin', 'tsc')
const { status } = spawnSync(process.execPath, [tsc, '-p', test ? 'tsconfig.json' : 'tsconfig.build.json'], {
  stdio: 'inherit',
})
if (status !== 0) process.exit(status ?? 1)
if (!test) {
  await buildProgram()
  chmodSync('dist/cli/main.js', 0o755)
  // The reference page's files are copied, so that whoever installs the package needs no more packages.
  mkdirSync('dist/reference')
  for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js', 'LICENSE', 'NOTICE']) {
    cpSync(join(folderOf('swagger-ui-dist'), file), join('dist/reference', file))
  }
  await buildPage(tsc)
}
