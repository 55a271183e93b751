import { readFile } from 'node:fs/promises'
import { dirname, extname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ApiModule } from '../apis/api-module.js'
import { checkedApi } from './module-check.js'
import { moduleError, placeOf } from './module-error.js'

/**
 * Loads a TypeScript or JavaScript module whose default export is an API. It runs the module: only for
 * one that whoever started Standin has named. Each call loads it anew, with everything it imports.
 * `standin/describe` and TypeBox are the running ones, so a project need not have installed them.
 * @param path absolute
 * @param cwd what places in messages are relative to
 * @throws STANDIN_ERR_MODULE
 */
export async function loadModule(path: string, cwd: string): Promise<ApiModule> {
  const [{ createJiti }, describe, typebox, value] = await Promise.all([
    import('jiti'),
    import('../describe.js'),
    import('@sinclair/typebox'),
    import('@sinclair/typebox/value'),
  ])
  const jiti = createJiti(pathToFileURL(join(dirname(path), '/')).href, {
    moduleCache: false,
    interopDefault: false,
    virtualModules: {
      'standin/describe': describe,
      '@sinclair/typebox': typebox,
      '@sinclair/typebox/value': value,
    },
  })
  // Evaluated from its text: where node can import a module by itself jiti lets it, and node never
  // reads a module a second time.
  const evaluate = async (): Promise<unknown> =>
    jiti.evalModule(await readFile(path, 'utf8'), {
      filename: path,
      ext: extname(path),
      async: true,
      forceTranspile: true,
    })
  const exported = await evaluate().catch((error: unknown) => {
    throw moduleError(placeOf(error, path, cwd), error)
  })
  return checkedApi(exported, placeOf(undefined, path, cwd))
}
