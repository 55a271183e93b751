import { append } from '../../operation/append.js'
import type { Finding } from '../../operation/finding.js'
import type { CurlSample, Parameter } from '../../operation/operation.js'
import type { CurlCommand } from '../curl.js'
import { readSamples } from '../sample.js'
import type { BlockFacts } from './facts.js'
import { readUrl, type UrlFacts } from './url.js'

/** Where a curl command goes, in the terms of an operation. */
export interface CurlTarget {
  method: string
  url: UrlFacts
  curl: CurlCommand
}

export function targetsOf(facts: BlockFacts): CurlTarget[] {
  return facts.curls.flatMap((curl) => {
    const url = readUrl(curl.url, '')
    return url === undefined ? [] : [{ method: curl.method.toUpperCase(), url, curl }]
  })
}

/** The commands as the operation keeps them; what would not run as printed is told by findings. */
export const curlSamples = (targets: readonly CurlTarget[]): CurlSample[] =>
  targets.map(({ method, url, curl }) => ({
    method,
    url: curl.url,
    path: url.path,
    query: url.query.map(({ name, example }) => ({ name, ...(example !== undefined && { value: example }) })),
    headers: curl.headers,
    ...(curl.body !== undefined && { body: curl.body }),
    ...(curl.multipart !== undefined && { multipart: curl.multipart }),
    source: curl.source,
  }))

/** Bodies that curl commands send, as samples of the request. */
export function addCurlBodies(facts: BlockFacts): void {
  for (const curl of facts.curls) {
    append(facts.findings, curl.findings)
    if (curl.body === undefined || curl.body.text.trim() === '') continue
    const samples = readSamples(curl.body.text, curl.body.source)
    append(
      facts.requests,
      samples.map((sample) => ({ label: 'curl', sample })),
    )
  }
}

/** A concrete path fits a template: `/users/7` and `/users/{id}`. Variables of either side fit anything. */
export function samePath(one: string, other: string): boolean {
  const a = one.replace(/\/$/, '').split('/')
  const b = other.replace(/\/$/, '').split('/')
  return (
    a.length === b.length &&
    a.every((segment, i) => segment === b[i] || /[{}]/.test(segment) || /[{}]/.test(b[i] ?? ''))
  )
}

/** What a curl command says against the block that it stands with. */
export function disagreements(method: string, path: string, targets: readonly CurlTarget[]): Finding[] {
  return targets.flatMap((target) => {
    const source = target.curl.source
    const findings: Finding[] = []
    if (target.method !== method) {
      const message = `The curl command sends ${target.method}, the block says ${method}. Both are served; make them agree.`
      findings.push({ rule: 'curl-other-method', severity: 'warning', message, source })
    }
    if (!samePath(target.url.path, path)) {
      const message = `The curl command calls ${target.url.path}, the block says ${path}. Both are served; make them agree.`
      findings.push({ rule: 'curl-other-path', severity: 'warning', message, source })
    }
    return findings
  })
}

const UNREMARKABLE =
  /^(?:content-type|content-length|accept|accept-.*|user-agent|host|connection|cookie|cache-control|postman-token)$/i

/** Headers that only the curl command has. */
export function undocumentedHeaders(facts: BlockFacts): Finding[] {
  const documented = [...facts.fields, ...(facts.known ?? [])].filter((field) => field.in === 'header')
  const known = new Set(documented.map((field) => field.name.trim().toLowerCase()))
  return facts.curls.flatMap((curl) =>
    curl.headers
      .filter(({ name }) => !known.has(name.trim().toLowerCase()) && !UNREMARKABLE.test(name.trim()))
      .map(({ name, source }): Finding => ({
        rule: 'curl-header-undocumented',
        severity: 'info',
        message: `The curl command sends the header \`${name}\`, which is not among the documented parameters.`,
        source,
      })),
  )
}

/** Required query parameters and headers that a command for this very operation leaves out. */
export function missingParameters(
  method: string,
  path: string,
  parameters: readonly Parameter[],
  targets: readonly CurlTarget[],
): Finding[] {
  const required = parameters.filter(
    ({ in: place, name, required }) =>
      required === true && (place === 'query' || (place === 'header' && !UNREMARKABLE.test(name.trim()))),
  )
  return targets
    .filter((target) => target.method === method && samePath(target.url.path, path))
    .flatMap(({ curl, url }) => {
      const sent = {
        header: new Set(curl.headers.map(({ name }) => name.trim().toLowerCase())),
        query: new Set(url.query.map(({ name }) => name.trim().toLowerCase())),
      }
      const missing = required.filter(
        ({ in: place, name }) =>
          !sent[place === 'header' ? 'header' : 'query'].has(name.trim().toLowerCase()),
      )
      return missing.map(({ in: place, name }): Finding => ({
        rule: 'curl-lacks-required',
        severity: 'warning',
        message: `The ${place} parameter \`${name}\` is documented as required, and the curl command does not send it.`,
        source: curl.source,
      }))
    })
}

/** JSON that is sent as something else: curl calls a body a form where no header says otherwise. */
export function otherMediaTypes(facts: BlockFacts): Finding[] {
  return facts.curls.flatMap((curl): Finding[] => {
    const body = curl.body?.text.trim() ?? ''
    if (curl.multipart || !/^(?:\{\s*["}]|\[\s*[{[\]"\d-])/.test(body)) return []
    const header = curl.headers.find(({ name }) => /^content-type$/i.test(name.trim()))
    if (header !== undefined && !/^[\w-]+\/[\w.-]+/.test(header.value)) return []
    if (header !== undefined && /json/i.test(header.value)) return []
    const sent =
      header === undefined
        ? 'names no Content-Type, so curl sends its JSON as application/x-www-form-urlencoded'
        : `sends its JSON as ${header.value}`
    return [
      {
        rule: 'curl-media-type',
        severity: 'warning',
        message: `The curl command ${sent}. Add the header Content-Type: application/json.`,
        source: header?.source ?? curl.source,
      },
    ]
  })
}

/** Query parameters and headers take the value that a curl command shows, if they have none. */
export function withCurlValues(
  parameters: readonly Parameter[],
  targets: readonly CurlTarget[],
): Parameter[] {
  return parameters.map((parameter) => {
    if (parameter.example !== undefined) return parameter
    const same = (name: string): boolean => name.trim().toLowerCase() === parameter.name.trim().toLowerCase()
    for (const { curl, url } of targets) {
      const value =
        parameter.in === 'header'
          ? curl.headers.find((header) => same(header.name))?.value
          : parameter.in === 'query'
            ? url.query.find((query) => same(query.name))?.example
            : undefined
      if (value !== undefined && value.trim() !== '') return { ...parameter, example: value.trim() }
    }
    return parameter
  })
}
