import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { text } from 'node:stream/consumers'
import { isObject } from '../../operation/json-object.js'
import { memberOf } from '../value.js'
import { BEGIN, type PlannedInteraction } from './plan.js'
import type { SetState, StateValues } from './state-handlers.js'

export interface StateServerOptions {
  readonly interactions: readonly PlannedInteraction[]
  /** Undefined where nobody sets states up; they are then taken as they are. */
  readonly setState: SetState | undefined
  /** Milliseconds that one state may take. */
  readonly timeout: number
  readonly onBegin: (interaction: PlannedInteraction) => void
}

/**
 * What Pact's verifier asks to bring the provider into a state. It answers 500 whenever a handler
 * fails or a value is missing that the request needs, since the verifier itself would go on.
 */
export class StateServer {
  readonly #options: StateServerOptions
  readonly #server: Server
  /** Why the states of an interaction could not be set up, by its number. */
  readonly failures = new Map<number, string>()
  #current: PlannedInteraction | undefined
  #left = 0
  #values: StateValues = {}

  constructor(options: StateServerOptions) {
    this.#options = options
    this.#server = createServer((request, response) => {
      void text(request)
        .then((body) => this.#answer(body))
        .then(
          (values) => response.setHeader('content-type', 'application/json').end(JSON.stringify(values)),
          (error: Error) => {
            response.statusCode = 500
            response.end(error.message)
          },
        )
    })
  }

  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    const address = this.#server.address()
    if (address === null || typeof address === 'string') throw new Error('The state server has no port')
    return `http://127.0.0.1:${address.port}/`
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close')
    this.#server.close()
    this.#server.closeAllConnections()
    await closed
  }

  async #answer(body: string): Promise<StateValues> {
    const message: unknown = JSON.parse(body)
    const [state, given, action] = ['state', 'params', 'action'].map((name) => memberOf(message, name))
    if (action === 'teardown') return {}
    const params = isObject(given) ? given : {}
    if (state === BEGIN) this.#begin(Number(params.index))
    else this.#left--
    const { index, stateValues } = this.#current ?? { index: -1, stateValues: [] }
    // The verifier tries again after a 500; what failed once is not run a second time.
    const known = this.failures.get(index)
    if (known !== undefined) throw new Error(known)
    try {
      const values = state === BEGIN ? {} : await this.#set(String(state), params)
      this.#values = { ...this.#values, ...values }
      if (this.#left <= 0) this.#demand(stateValues)
      return values
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      this.failures.set(index, reason)
      throw error
    }
  }

  #begin(index: number): void {
    // Said again after a failure of its own.
    if (this.#current?.index === index) return
    const interaction = this.#options.interactions.find((one) => one.index === index)
    if (!interaction) throw new Error(`There is no interaction ${index}`)
    this.#current = interaction
    this.#left = interaction.states.length
    this.#values = {}
    this.#options.onBegin(interaction)
  }

  async #set(state: string, params: Readonly<Record<string, unknown>>): Promise<StateValues> {
    const { setState, timeout } = this.#options
    if (!setState) return {}
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`it was not set up within ${timeout} ms`)), timeout)
    })
    try {
      return await Promise.race([setState(state, params), late])
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      throw Object.assign(new Error(`"${state}": ${reason}`), { cause: error })
    } finally {
      clearTimeout(timer)
    }
  }

  /** Without a value the verifier would send the documented example and say nothing. */
  #demand(names: readonly string[]): void {
    const missing = names.filter((name) => this.#values[name] === undefined)
    if (missing.length === 0) return
    const states = this.#current?.states.map((state) => JSON.stringify(memberOf(state, 'name'))) ?? []
    const how = this.#options.setState
      ? `${states.join(' and ') || 'the provider state'} returned no value for it`
      : 'nothing sets provider states up; name handlers with --states'
    throw new Error(`the request needs ${missing.map((name) => JSON.stringify(name)).join(' and ')}: ${how}`)
  }
}
