import type { Operation, Parameter } from '../operation/operation.js'
import type { RequestInput } from './check.js'
import type { Note } from './decision.js'
import { cookiesOf } from './parameters/cookies.js'
import { parsePairs } from './parameters/encoding.js'
import { propertyNames } from './schema/members.js'
import { locate, type Resolve } from './schema/located.js'

/** Says which deprecated parameters a request uses; undefined where it uses none. */
export type DeprecatedUse = (input: Pick<RequestInput, 'url' | 'headers'>) => Note | undefined

const NEVER: DeprecatedUse = () => undefined

/** Requests of an operation that has no deprecated parameters are not looked at. */
export function deprecatedUse({ parameters }: Operation, resolve: Resolve): DeprecatedUse {
  const deprecated = parameters.filter((one) => one.deprecated === true && one.in !== 'body')
  if (deprecated.length === 0) return NEVER
  const tests = deprecated.map((parameter) => ({ parameter, isUsed: useOf(parameter, resolve) }))
  return ({ url, headers }) => {
    const cookie = headers['cookie']
    const sent: Sent = {
      headers,
      query: new Set(parsePairs(url.slice(queryStart(url))).map(({ name }) => name)),
      cookies: new Set(cookiesOf(Array.isArray(cookie) ? cookie.join('; ') : cookie).map(([name]) => name)),
    }
    const used = tests.filter(({ isUsed }) => isUsed(sent)).map(({ parameter }) => parameter)
    const [first] = used
    if (!first) return undefined
    return {
      kind: 'deprecated-parameter',
      text: used.map((one) => `${one.in} ${one.name}`).join(', '),
      source: first.source,
    }
  }
}

const queryStart = (url: string): number => (url.includes('?') ? url.indexOf('?') + 1 : url.length)

interface Sent {
  readonly query: ReadonlySet<string>
  readonly cookies: ReadonlySet<string>
  readonly headers: RequestInput['headers']
}

function useOf(parameter: Parameter, resolve: Resolve): (sent: Sent) => boolean {
  const { in: place, name } = parameter
  if (place === 'path') return () => true
  if (place === 'header') return ({ headers }) => headers[name.toLowerCase()] !== undefined
  const among = ({ query, cookies }: Sent) => (place === 'query' ? query : cookies)
  if (parameter.wholeQuery === true) return ({ query }) => query.size > 0
  // An exploded object is sent by the names of its members, a deep one by its own name before theirs.
  const isDeep = parameter.style === 'deepObject'
  const isExploded = !isDeep && parameter.explode !== false
  const members = isExploded ? [...propertyNames(locate(parameter.schema), resolve)] : []
  return (sent) => {
    const names = among(sent)
    if (names.has(name) || members.some((member) => names.has(member))) return true
    return isDeep && [...names].some((one) => one.startsWith(`${name}[`))
  }
}
