import { createHash } from 'node:crypto'

/** Lua that Redis runs at once, with nothing in between. All its keys share a hash tag. */
export interface Script {
  /** For messages. */
  readonly name: string
  readonly lua: string
  /** By which Redis knows it (EVALSHA). */
  readonly sha: string
}

export const script = (name: string, lua: string): Script => ({
  name,
  lua,
  sha: createHash('sha1').update(lua).digest('hex'),
})
