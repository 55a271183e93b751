import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * The folder of a package that only benchmarks need, with what it depends on. It is installed at first
 * use and kept under node_modules/.cache: 400 MB of descriptions and another mock are no part of
 * what a developer installs. Install scripts, which may report to others, do not run.
 */
export async function peer(name: string, version: string): Promise<string> {
  const folder = join(
    process.cwd(),
    'node_modules',
    '.cache',
    'standin-bench',
    `${name.replaceAll('/', '-')}-${version}`,
  )
  const installed = join(folder, 'node_modules', ...name.split('/'))
  if (existsSync(join(installed, 'package.json'))) return installed
  process.stderr.write(`Installing ${name} ${version} for the benchmark\n`)
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'package.json'), '{"private": true}\n')
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock']
  await run('npm', ['install', ...options, `${name}@${version}`], {
    cwd: folder,
    shell: process.platform === 'win32',
  })
  return installed
}
