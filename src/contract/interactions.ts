import type { ApiDescription } from '../operation/description.js'
import type { Operation, Response } from '../operation/operation.js'
import { formatSource, type SourceLocation } from '../operation/source.js'
import type { InteractionComment } from './comment.js'
import { type Credential, credentialsOf } from './credentials.js'
import type { Interaction, ProviderState } from './pact.js'
import { documentedRequest, type RequestParts, writeRequest } from './request.js'
import { contentsOf } from './request-content.js'
import { type Expectation, expectResponse } from './response.js'
import { slug } from './text.js'

/** A documented response that no interaction asks for, and why. */
export interface Skipped {
  readonly operationId: string
  readonly status?: string
  readonly reason: string
  readonly source: SourceLocation
}

/** One case of an operation, before keys and descriptions are made unique. */
export interface Case {
  /** Behind the operation's name: `answers 200 to the documented request`. */
  readonly says: string
  /** Behind the operation id. */
  readonly key: string
  readonly parts: RequestParts
  readonly expectation: Expectation
  readonly status: string
  readonly source?: SourceLocation
  readonly states: readonly ProviderState[]
}

/** What the cases of an operation are made from. */
export interface Subject {
  readonly operation: Operation
  readonly documents: ApiDescription['documents']
  readonly credentials: readonly Credential[]
  readonly request: RequestParts
  readonly success: Response | undefined
}

export function subjectOf(operation: Operation, description: ApiDescription): Subject {
  const { documents, securitySchemes } = description
  const credentials = credentialsOf(operation, securitySchemes)
  const request = documentedRequest(operation, credentials, documents)
  const success = operation.responses
    .filter(({ status }) => status.startsWith('2'))
    .toSorted((a, b) => Number(a.status > b.status) - Number(a.status < b.status))[0]
  return { operation, documents, credentials, request, success }
}

/** What the docs show: the documented answer to the documented request, in each form that they give of either. */
export function documentedCases(subject: Subject, skip: (skipped: Skipped) => void): Case[] {
  const { operation, documents, request, success } = subject
  const cases: Case[] = []
  if (success) {
    const source = success.source
    const states = holdingStates(subject)
    const base = { status: success.status, source, states }
    const expectations = expectResponse(success, documents)
    for (const expectation of expectations) {
      const parts = expectations.length > 1 ? accepting(request, expectation.mediaType) : request
      const form = expectations.length > 1 ? ` as ${expectation.mediaType}` : ''
      const key = [success.status, expectations.length > 1 ? slug(expectation.mediaType ?? '') : '']
        .filter(Boolean)
        .join('-')
      cases.push({
        ...base,
        key,
        says: `answers ${success.status}${form} to the documented request`,
        parts,
        expectation,
      })
      if (!expectation.closed) continue
      const closed = { ...expectation, response: expectation.closed }
      cases.push({
        ...base,
        key: `${key}-closed`,
        says: `answers ${success.status}${form} with members of the documented types wherever they are present`,
        parts,
        expectation: closed,
      })
    }
    for (const body of contentsOf(operation, documents).slice(1)) {
      const [expectation] = expectations
      if (!expectation) continue
      const parts = { ...request, body }
      const says = `answers ${success.status} to the documented request sent as ${body.mediaType}`
      cases.push({
        ...base,
        key: `${success.status}-sent-as-${slug(body.mediaType)}`,
        says,
        parts,
        expectation,
      })
    }
  }
  for (const response of operation.responses) {
    if (response === success) continue
    const found = otherStatus(subject, response)
    if (found.length > 0) cases.push(...found)
    else
      skip({
        operationId: operation.operationId,
        status: response.status,
        reason: reasonFor(response),
        source: response.source,
      })
  }
  return cases
}

function otherStatus(
  { operation, documents, request, credentials, ...rest }: Subject,
  response: Response,
): Case[] {
  const [expectation] = expectResponse(
    { ...response, status: response.status === 'default' ? '5XX' : response.status },
    documents,
  )
  if (!expectation) return []
  const base = { status: response.status, source: response.source, expectation }
  if (response.status === '401') {
    return credentials
      .filter(({ required }) => required)
      .map((credential) => ({
        ...base,
        key: `401-without-${slug(credential.parameter)}`,
        says: `answers 401 without ${credential.parameter}`,
        parts: withoutCredential(request, credential),
        states: holdingStates({ operation, documents, request, credentials, ...rest }, credential),
      }))
  }
  if (response.status === '404' && Object.keys(request.path).length > 0) {
    const missing = {
      name: 'the documented data does not exist',
      params: { operationId: operation.operationId, ...request.path },
    }
    const states = [...credentialState(operation, request), missing]
    return [{ ...base, key: '404', says: 'answers 404 when there is no such thing', parts: request, states }]
  }
  return []
}

function reasonFor({ status }: Response): string {
  if (status === 'default') return 'the docs do not say which status it stands for'
  if (status.startsWith('3')) return 'a redirect is followed before it can be checked'
  if (status === '401') return 'the operation documents no credential that could be left out'
  return 'the docs do not say which request leads to it'
}

const accepting = (request: RequestParts, mediaType: string | undefined): RequestParts => ({
  ...request,
  headers: { ...request.headers, ...(mediaType === undefined ? {} : { Accept: mediaType }) },
})

export function withoutCredential(request: RequestParts, credential: Credential): RequestParts {
  const drop = (values: Readonly<Record<string, string>>): Record<string, string> =>
    Object.fromEntries(
      Object.entries(values).filter(([name]) => name.toLowerCase() !== credential.parameter.toLowerCase()),
    )
  return {
    ...request,
    headers: credential.in === 'header' ? drop(request.headers) : request.headers,
    query: credential.in === 'query' ? drop(request.query) : request.query,
    cookies: credential.in === 'cookie' ? drop(request.cookies) : request.cookies,
    credentials: request.credentials.filter((other) => other !== credential),
  }
}

/** States in which the documented request can succeed. */
export function holdingStates({ operation, request }: Subject, without?: Credential): ProviderState[] {
  const parts = without ? withoutCredential(request, without) : request
  const states = credentialState(operation, parts)
  if (Object.keys(request.path).length === 0) return states
  const params = { operationId: operation.operationId, ...request.path }
  return [...states, { name: 'the documented data exists', params }]
}

function credentialState(operation: Operation, request: RequestParts): ProviderState[] {
  const { stateValues } = writeRequest(operation, request)
  if (stateValues.length === 0) return []
  return [{ name: 'valid credentials', params: { operationId: operation.operationId, values: stateValues } }]
}

/** @param schemaOf the key of an earlier interaction that carries the same schema */
export function writeInteraction(
  { operation }: Subject,
  { parts, expectation, status, states, source }: Case,
  { key, description, schemaOf }: { key: string; description: string; schemaOf: string | undefined },
): Interaction {
  const { request, stateValues } = writeRequest(operation, parts)
  const own: InteractionComment = {
    operationId: operation.operationId,
    method: operation.method,
    path: operation.path,
    source: operation.source,
    ...(source ? { response: source } : {}),
    status,
    stateValues,
    ...(expectation.mediaType === undefined ? {} : { mediaType: expectation.mediaType }),
    ...(schemaOf === undefined ? {} : { schemaOf }),
    ...(schemaOf === undefined && expectation.schema !== undefined ? { schema: expectation.schema } : {}),
    unsupported: [...expectation.unsupported],
  }
  const places = [...new Set([operation.source, ...(source ? [source] : [])].map(formatSource))]
  const limits = expectation.unsupported.map(
    ({ pointer, message }) => `Not asserted by Pact: ${pointer} (${message})`,
  )
  return {
    type: 'Synchronous/HTTP',
    key,
    description,
    ...(states.length > 0 ? { providerStates: states } : {}),
    request,
    response: expectation.response,
    comments: { text: [`Documented at ${places.join(' and ')}`, ...limits], standin: own },
    pending: false,
  }
}
