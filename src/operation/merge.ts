import { disagreements } from './disagreements.js'
import { distinct, grouped } from './distinct.js'
import type { Finding } from './finding.js'
import { mergeBodies, mergeResponses } from './merge-bodies.js'
import { mergeParameters } from './merge-parameters.js'
import { mergeExchanges } from './merge-exchanges.js'
import type { Operation, Parameter } from './operation.js'
import { pathParameters, pathShape } from './path.js'
import { formatSource, type SourceLocation } from './source.js'

/** Operations of the same method and shape of path are one; a finding names the places of each such pair. */
export function mergeOperations(operations: readonly Operation[]): {
  operations: Operation[]
  findings: Finding[]
} {
  const groups = grouped(operations, operationKey)
  const findings: Finding[] = []
  const merged = groups.map(([first, ...others]) => {
    if (first === undefined) return []
    for (const other of others) {
      // A page that embeds a file's operation documents nothing twice.
      if (formatSource(other.source) === formatSource(first.source)) continue
      findings.push({
        rule: 'operation-documented-twice',
        severity: 'warning',
        message: `${other.method} ${other.path} is documented at ${formatSource(first.source)} and at ${formatSource(other.source)}. Both are served as one; keep one of them.`,
        source: other.source,
      })
      for (const finding of disagreements(first, other)) findings.push(finding)
    }
    return [joinOperations([first, ...others])]
  })
  return { operations: merged.flat(), findings }
}

/** What makes two operations the same one to a router. */
export const operationKey = ({ method, path }: Pick<Operation, 'method' | 'path'>): string =>
  `${method} ${pathShape(path)}`

/**
 * Several accounts of one operation as one: the union of what they say, the first account winning
 * where only one can hold. A parameter is required only where every account says so.
 */
export function joinOperations(accounts: readonly [Operation, ...Operation[]]): Operation {
  const [first] = accounts
  if (accounts.length === 1) return first
  const names = pathParameters(first.path)
  const parameters = accounts.map((account) => withPathNames(account, names))
  const joined: Operation = {
    ...first,
    parameters: mergeParameters(parameters),
    responses: mergeResponses(accounts.map(({ responses }) => responses)),
    resultCodes: distinct(
      accounts.flatMap(({ resultCodes }) => resultCodes),
      ({ code }) => code,
    ),
    links: distinct(
      accounts.flatMap(({ links }) => links),
      ({ href, text }) => `${href} ${text}`,
    ),
    sources: distinctSources(accounts.flatMap(({ sources }) => sources)),
  }
  const curls = distinct(
    accounts.flatMap((account) => account.curls ?? []),
    ({ source, url }) => `${formatSource(source)} ${url}`,
  )
  if (curls.length > 0) joined.curls = curls
  const requestBody = mergeBodies(accounts.map((account) => account.requestBody))
  if (requestBody !== undefined) joined.requestBody = requestBody
  const exchanges = mergeExchanges(accounts, joined.responses)
  if (exchanges.length > 0) joined.exchanges = exchanges
  const tags = distinct(
    accounts.flatMap((account) => account.tags ?? []),
    (tag) => tag,
  )
  if (tags.length > 0) joined.tags = tags
  for (const account of accounts) {
    if (account.summary !== undefined) joined.summary ??= account.summary
    if (account.description !== undefined) joined.description ??= account.description
    if (account.security !== undefined) joined.security ??= account.security
    if (account.deprecated !== undefined) joined.deprecated ??= account.deprecated
  }
  return joined
}

/** An account's parameters with its path variables called as in the first account, by position. */
function withPathNames(account: Operation, names: readonly string[]): Parameter[] {
  const own = pathParameters(account.path)
  return account.parameters.map((parameter) => {
    const at = parameter.in === 'path' ? own.indexOf(parameter.name) : -1
    return at === -1 ? parameter : { ...parameter, name: names[at] ?? parameter.name }
  })
}

const distinctSources = (sources: readonly SourceLocation[]): SourceLocation[] =>
  distinct(sources, formatSource)
