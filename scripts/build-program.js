// Bundles the program, src/, into dist/: a start that loads hundreds of small modules spends most of its
// time on that. Nothing is minified, and what stands in a file says of which module it is, so that
// stack traces can be read.
import { dirname, join } from 'node:path'
import { readFileSync } from 'node:fs'
import { build } from 'esbuild'
import { copyLicenses } from './licenses.js'

const TARGET = 'dist'

/**
 * A schema builder of some 250 modules, which every start needs. Other packages stay packages: they are
 * fewer files, and whoever installs Standin can have newer ones of them.
 */
const INLINED = /^@sinclair\/typebox(?:\/|$)/

/** What runs in a process of its own is started as a file beside the module that starts it. */
const CHILD = 'src/contract/verify/engine-child.ts'
const STARTS_CHILD = 'src/contract/verify/engine.ts'

export async function buildProgram() {
  const { metafile } = await build({
    entryPoints: [...entries().map((name) => ({ in: `src/${name}.ts`, out: name })), child()],
    outdir: TARGET,
    bundle: true,
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    plugins: [{ name: 'packages', setup: keepPackages }],
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  })
  const folders = Object.entries(metafile.outputs).flatMap(([file, { inputs }]) =>
    STARTS_CHILD in inputs ? [dirname(file)] : [],
  )
  if (folders.length !== 1 || folders[0] !== join(TARGET, 'chunks'))
    throw new Error(`${STARTS_CHILD} stands in ${folders.join(', ')}, where it does not find its process`)
  copyLicenses(Object.keys(metafile.inputs), join(TARGET, 'LICENSES'))
}

const child = () => ({ in: CHILD, out: 'chunks/engine-child' })

/** What package.json exports and runs. */
function entries() {
  const { bin, exports } = JSON.parse(readFileSync('package.json', 'utf8'))
  const files = [...Object.values(bin), ...Object.values(exports).map((entry) => entry.default)]
  return files.flatMap((file) => /^(?:\.\/)?dist\/(.+)\.js$/.exec(file)?.slice(1, 2) ?? [])
}

function keepPackages(bundler) {
  bundler.onResolve({ filter: /^[^./]/ }, ({ path, kind, importer }) => {
    if (kind === 'entry-point' || INLINED.test(path) || importer.includes('node_modules')) return undefined
    return { path, external: true }
  })
}
