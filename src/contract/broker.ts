import { setTimeout as wait } from 'node:timers/promises'
import { request } from 'undici'
import { errors } from '../errors.js'
import { isObject } from '../operation/json-object.js'
import { messageOf } from './broker-messages.js'
import type { BrokerOptions } from './broker-options.js'
import { type Resource, hrefOf } from './hal.js'
import { memberOf } from './value.js'

export interface BrokerSettings extends BrokerOptions {
  /** Milliseconds until an answer must have begun and between its parts. */
  readonly timeout?: number
  /** How often a request is tried again that met a broken connection, 429, 502, 503 or 504. */
  readonly retries?: number
  /** Waits between tries; a test passes one that does not. */
  readonly sleep?: (milliseconds: number) => Promise<unknown>
}

type Method = 'GET' | 'POST' | 'PUT'

/** A client of a Pact Broker over its HAL API: links are followed by their relation, not put together. */
export interface Broker {
  readonly url: string
  index(): Promise<Resource>
  get(href: string, what: string): Promise<Resource>
  /** The text of a resource, numbers with their digits. */
  read(href: string, what: string): Promise<string>
  send(method: 'POST' | 'PUT', href: string, body: unknown, what: string): Promise<Resource>
  /** A link of the broker's index, its template filled; undefined where this broker does not have it. */
  find(relation: string, values?: Readonly<Record<string, string>>): Promise<string | undefined>
}

const AGAIN = new Set([429, 502, 503, 504])
const FIRST_DELAY = 200
const LONGEST_DELAY = 5_000

interface BrokerAnswer {
  readonly status: number
  readonly text: string
  /** Where a redirect leads; empty for any other answer. */
  readonly location: string
}

export function createBroker({
  url,
  authorization,
  timeout = 30_000,
  retries = 3,
  sleep = wait,
}: BrokerSettings): Broker {
  let known: Promise<Resource> | undefined

  async function attempt(method: Method, href: string, body: unknown): Promise<BrokerAnswer> {
    const target = new URL(href, `${url}/`)
    // A link may lead elsewhere; the credentials are for this broker alone.
    const own = target.origin === new URL(url).origin
    const response = await request(target, {
      method,
      headersTimeout: timeout,
      bodyTimeout: timeout,
      headers: {
        accept: 'application/hal+json, application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(own && authorization ? { authorization } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const redirects = response.statusCode >= 300 && response.statusCode < 400
    const location = redirects ? response.headers.location : undefined
    return { status: response.statusCode, text: await response.body.text(), location: String(location ?? '') }
  }

  async function persist(method: Method, href: string, body: unknown): Promise<BrokerAnswer> {
    for (let tries = 0; ; tries++) {
      try {
        const answer = await attempt(method, href, body)
        if (!AGAIN.has(answer.status) || tries >= retries) return answer
      } catch (error) {
        if (tries >= retries) throw new errors.STANDIN_ERR_BROKER_UNREACHABLE(url, reasonOf(error))
      }
      await sleep(Math.min(FIRST_DELAY * 2 ** tries, LONGEST_DELAY))
    }
  }

  async function call(method: Method, href: string, body: unknown, what: string): Promise<string> {
    const { status, text, location } = await persist(method, href, body)
    const resource = parse(text)
    if (status >= 200 && status < 300) {
      if (resource || text === '') return text
      throw new errors.STANDIN_ERR_BROKER_REPLY(
        url,
        `it sent no JSON object (${text.slice(0, 80).replaceAll(/\s+/g, ' ')})`,
      )
    }
    // A broker with basic authentication says nothing but 400 to a token.
    const noToken = status === 400 && text.trim() === '' && authorization?.startsWith('Bearer') === true
    if (status === 401 || status === 403 || noToken)
      throw new errors.STANDIN_ERR_BROKER_UNAUTHORIZED(url, status)
    if (status === 404) throw new errors.STANDIN_ERR_BROKER_NOT_FOUND(url, what)
    const message =
      location === ''
        ? messageOf(resource, text)
        : `a redirect to ${location}, which is not followed: give the broker's own address`
    if (status === 409) throw new errors.STANDIN_ERR_BROKER_CONFLICT(url, message)
    if (status >= 500) throw new errors.STANDIN_ERR_BROKER_FAILED(url, status, message)
    throw new errors.STANDIN_ERR_BROKER_REFUSED(url, status, message)
  }

  const broker: Broker = {
    url,
    get: async (href, what) => parse(await call('GET', href, undefined, what)) ?? {},
    read: (href, what) => call('GET', href, undefined, what),
    send: async (method, href, body, what) => parse(await call(method, href, body, what)) ?? {},
    index: async () => {
      known ??= broker.get(`${url}/`, 'index page')
      const index = await known
      if (!isObject(memberOf(index, '_links')))
        throw new errors.STANDIN_ERR_BROKER_REPLY(url, 'its index has no links')
      return index
    },
    find: async (relation, values = {}) => hrefOf(await broker.index(), relation, values),
  }
  return broker
}

function parse(text: string): Resource | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  return error.message || code || error.name
}
