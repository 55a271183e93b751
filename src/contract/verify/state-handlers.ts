import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { errors } from '../../errors.js'
import { isObject } from '../../operation/json-object.js'

export type StateParams = Readonly<Record<string, unknown>>
/** Values that requests need, by the names in the contract: `{ "X-API-TOKEN": "..." }`. */
export type StateValues = Readonly<Record<string, unknown>>

export interface StateContext {
  /** Of the provider, without a slash at the end. */
  readonly providerBaseUrl: string
}

/** Brings the provider into a state. What it throws fails the interaction. */
export type StateHandler = (
  params: StateParams,
  context: StateContext,
) => StateValues | undefined | void | Promise<StateValues | undefined | void>

/** Handlers by the name of the state. */
export type StateHandlers = Readonly<Record<string, StateHandler>>

/** Sets one state up. Rejects with the reason where it cannot. */
export type SetState = (name: string, params: StateParams) => Promise<StateValues>

/**
 * States by the URL of an endpoint in Pact's own format (a POST of `{ state, params, action }`), by
 * a module of handlers, or by handlers that are already here.
 * @throws STANDIN_ERR_STATES
 */
export async function stateSetter(
  states: string | StateHandlers,
  { cwd, context }: { cwd: string; context: StateContext },
): Promise<SetState> {
  if (typeof states !== 'string') return byHandlers(states, context)
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(states)) {
    if (/^https?:/i.test(states) && URL.canParse(states)) return byUrl(states)
    throw new errors.STANDIN_ERR_STATES(states, 'only http and https URLs can be asked for a state')
  }
  return byHandlers(await loadHandlers(states, cwd), context)
}

function byHandlers(handlers: StateHandlers, context: StateContext): SetState {
  return async (name, params) => {
    const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined
    if (!handler) {
      const known = Object.keys(handlers).map((one) => JSON.stringify(one))
      throw new Error(`no handler for it; there are handlers for ${known.join(', ') || 'none'}`)
    }
    const values = await handler(params, context)
    if (values === undefined || values === null) return {}
    if (isObject(values)) return values
    throw new Error('its handler returned something other than an object of values')
  }
}

const byUrl =
  (url: string): SetState =>
  async (name, params) => {
    const reply = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ state: name, params, action: 'setup' }),
    }).catch((error: unknown) => {
      const cause = error instanceof Error ? (error.cause ?? error) : error
      throw new Error(`${url} cannot be reached (${cause instanceof Error ? cause.message : String(cause)})`)
    })
    const text = await reply.text()
    if (!reply.ok) throw new Error(`${url} answered ${reply.status}${text ? `: ${text.slice(0, 300)}` : ''}`)
    try {
      const values: unknown = JSON.parse(text)
      return isObject(values) ? values : {}
    } catch {
      // An endpoint that has nothing to say may say anything.
      return {}
    }
  }

/** A file relative to `cwd`, or a module of an installed package. */
async function loadHandlers(name: string, cwd: string): Promise<StateHandlers> {
  const path = findModule(name, cwd)
  let module: unknown
  try {
    // Node before 22.18 does not read TypeScript; jiti does everywhere, and is loaded for it alone.
    module = /\.[mc]?ts$/.test(path)
      ? await (await import('jiti')).createJiti(pathToFileURL(path).href).import(path)
      : await import(pathToFileURL(path).href)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw Object.assign(new errors.STANDIN_ERR_STATES(name, `it cannot be loaded (${reason})`), {
      cause: error,
    })
  }
  const handlers: unknown = isObject(module) ? await module.default : undefined
  if (isHandlers(handlers)) return handlers
  throw new errors.STANDIN_ERR_STATES(
    name,
    'its default export is no object of functions; write export default { "valid credentials": (params) => ({ token: "..." }) }',
  )
}

function findModule(name: string, cwd: string): string {
  const path = resolve(cwd, name)
  if (existsSync(path)) return path
  // The handlers that come with Standin are found wherever it runs from, from npx too.
  const from = name.startsWith('standin/') ? [cwd, fileURLToPath(new URL('.', import.meta.url))] : [cwd]
  for (const folder of from) {
    try {
      return createRequire(resolve(folder, 'package.json')).resolve(name)
    } catch {
      // Then from the next, or nowhere.
    }
  }
  throw new errors.STANDIN_ERR_STATES(name, 'there is no such file, and no installed package of that name')
}

const isHandlers = (value: unknown): value is StateHandlers =>
  isObject(value) && Object.values(value).every((one) => typeof one === 'function')
