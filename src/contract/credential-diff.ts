import { type Found, type Note, places, type Version } from './change.js'
import { credentialOf } from './credentials.js'

/** What has to be sent together, as it is told to people: `header X-Key`, `scope read of header Authorization (Bearer)`. */
type Requirement = ReadonlySet<string>

/**
 * Differences of the credentials that an operation asks for. Any one of its alternatives is enough,
 * and which of them a consumer chose is not known: each old one must still be.
 */
export function diffCredentials(old: Version, now: Version, note: Note): void {
  const [before, after] = [alternativesOf(old), alternativesOf(now)]
  const tell = (name: string, found: Pick<Found, 'rule' | 'breaking' | 'message'>): void =>
    note({
      ...places(old.operation.source, now.operation.source),
      spot: { part: 'operation' },
      where: `request ${name.replace(/^scope .* of /, '').replace(/ \([^)]*\)$/, '')}`,
      ...found,
    })
  const needed = new Map<string, string>()
  for (const one of before) {
    if (after.some((other) => contains(one, other))) continue
    const [nearest] = after.map((other) => without(other, one)).toSorted((a, b) => a.length - b.length)
    const rest =
      before.length > 1 && one.size > 0 ? `; ${[...one].join(' with ')} is not enough any more` : ''
    for (const name of nearest ?? []) needed.set(name, `the ${name} is required as a credential${rest}`)
  }
  for (const [name, message] of needed) tell(name, { rule: 'credential-required', breaking: true, message })
  const dropped = new Set(without(shared(before), new Set(after.flatMap((one) => [...one]))))
  const added: Requirement[] = []
  for (const other of after) {
    if (before.some((one) => contains(other, one))) continue
    const larger = before.find((one) => contains(one, other))
    if (larger) for (const name of without(larger, other)) dropped.add(name)
    else added.push(other)
  }
  for (const name of dropped)
    tell(name, { rule: 'credential-dropped', breaking: false, message: `the ${name} is no longer required` })
  // Where something else is asked for, that it is enough is no news.
  if (needed.size > 0) return
  for (const [first = '', ...others] of added.map((one) => [...one])) {
    const message = `the ${[first, ...others].join(' with ')} is enough now`
    tell(first, { rule: 'credential-alternative-added', breaking: false, message })
  }
}

function alternativesOf({ operation, description }: Version): Requirement[] {
  const alternatives = operation.security ?? []
  return (alternatives.length === 0 ? [{}] : alternatives).map(
    (alternative) =>
      new Set(
        Object.entries(alternative).flatMap(([scheme, scopes]) => {
          const name = nameOf(scheme, description)
          return [name, ...scopes.map((scope) => `scope ${scope} of ${name}`)]
        }),
      ),
  )
}

/** Where the secret stands, with the scheme where one header carries several: `header Authorization (Bearer)`. */
function nameOf(name: string, { securitySchemes }: Version['description']): string {
  const scheme = securitySchemes[name]
  if (scheme?.type === 'mutualTLS') return 'client certificate'
  const credential = scheme && credentialOf(name, scheme, true)
  if (!credential) return name
  const { in: place, parameter, prefix } = credential
  return prefix === '' ? `${place} ${parameter}` : `${place} ${parameter} (${prefix.trim()})`
}

const contains = (whole: Requirement, part: Requirement): boolean =>
  [...part].every((name) => whole.has(name))

const without = (whole: Requirement, part: Requirement): string[] =>
  [...whole].filter((name) => !part.has(name))

/** What each of the alternatives asks for. */
const shared = ([first, ...rest]: readonly Requirement[]): Requirement =>
  new Set([...(first ?? [])].filter((name) => rest.every((one) => one.has(name))))
