import { spawnSync } from 'node:child_process'
import type { Git } from '../contract/build-info.js'

/** git in a folder; nothing where it is not installed or the folder is in no repository. */
export const gitIn =
  (cwd: string, env: Readonly<Record<string, string | undefined>>): Git =>
  (...args) => {
    const { status, stdout } = spawnSync('git', args, { cwd, env, encoding: 'utf8' })
    return status === 0 ? stdout.trim() : undefined
  }
