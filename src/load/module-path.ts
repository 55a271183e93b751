import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a folder with an API module calls it. */
const INDEXES = ['index.ts', 'index.mts', 'index.js', 'index.mjs']

/** Whether a path is that of a TypeScript or JavaScript module. */
export const isModule = (path: string): boolean => /\.[cm]?[jt]s$/.test(path)

/**
 * The API module of a folder, such as one that `standin import` wrote. An index that does not use the words
 * of Standin is somebody else's program and is never run.
 */
export const moduleIn = (folder: string): string | undefined =>
  INDEXES.map((name) => join(folder, name)).find(
    (path) => existsSync(path) && readFileSync(path, 'utf8').includes('standin/describe'),
  )
