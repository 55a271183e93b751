// Bundles the page for people, src/ui, into dist/ui/, and types it. What is served of it needs no network.
import { spawnSync } from 'node:child_process'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { build } from 'esbuild'
import { copyLicenses } from './licenses.js'

const TARGET = 'dist/ui'

/** @param {string} tsc */
export async function buildPage(tsc) {
  const typed = spawnSync(process.execPath, [tsc, '-p', 'src/ui/tsconfig.json'], { stdio: 'inherit' })
  if (typed.status !== 0) process.exit(typed.status ?? 1)
  const { metafile } = await build({
    entryPoints: ['src/ui/main.tsx', 'src/ui/styles/main.css'],
    outdir: TARGET,
    outbase: 'src/ui',
    bundle: true,
    format: 'esm',
    minify: true,
    target: 'es2023',
    // The name changes with what is in it, so that browsers may keep a file for good.
    entryNames: '[name]-[hash]',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    tsconfigRaw: {},
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  })
  const made = Object.keys(metafile.outputs).map((file) => basename(file))
  const named = (ending) => made.find((file) => file.endsWith(ending)) ?? ''
  const page = readFileSync('src/ui/index.html', 'utf8')
    .replace('ui/main.js', `ui/${named('.js')}`)
    .replace('ui/main.css', `ui/${named('.css')}`)
  writeFileSync(join(TARGET, 'index.html'), page)
  cpSync('src/ui/icon.svg', join(TARGET, 'icon.svg'))
  copyLicenses(Object.keys(metafile.inputs), join(TARGET, 'LICENSES'))
}
