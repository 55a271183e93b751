import type { LightMyRequestResponse } from 'fastify'
import { onboarding } from '../../src/apis/onboarding/index.js'
import { createStandin, type Standin, type StandinOptions } from '../../src/standin.js'

/** The part of a test that is needed to clean up after it. */
export interface Scope {
  teardown(cleanUp: () => unknown): void
}

/** A stand-in that never logs and is closed with the test. */
export async function standinFor(t: Scope, options: StandinOptions = {}): Promise<Standin> {
  const standin = await createStandin({ logger: false, ...options })
  t.teardown(() => standin.close())
  return standin
}

const operationOf = (operationId: string) => {
  const found = onboarding.description.operations.find((operation) => operation.operationId === operationId)
  if (!found) throw new Error(`No operation ${operationId}`)
  return found
}

/** The example's text of a status, or of the documented request. */
export function documentedText(operationId: string, key: string): string {
  const { requestBody, responses } = operationOf(operationId)
  const place = key === 'request' ? requestBody : responses.find(({ status }) => status === key)
  const text = place?.content[0]?.examples[0]?.text
  if (text === undefined) throw new Error(`${operationId} shows nothing for ${key}`)
  return text
}

/** The headers that the docs show for an operation. */
export const documentedHeaders = (operationId: string): Record<string, string> =>
  Object.fromEntries(
    operationOf(operationId).parameters.flatMap(({ in: place, name, example }) =>
      place === 'header' && example !== undefined ? [[name.toLowerCase(), example] as const] : [],
    ),
  )

/** A request without a socket, and with everything that one on a socket needs. */
export interface DocumentedRequest {
  method: 'GET' | 'POST'
  url: string
  headers: Record<string, string>
  payload: string
}

/** The request that the docs show, with what a case changes; a header set to undefined is left out. */
export function documentedRequest(
  operationId: string,
  headers: Readonly<Record<string, string | undefined>> = {},
  body: string = documentedText(operationId, 'request'),
): DocumentedRequest {
  const { method, path } = operationOf(operationId)
  const all = { ...documentedHeaders(operationId), 'content-type': 'application/json', ...headers }
  return {
    method: method === 'GET' ? 'GET' : 'POST',
    url: path,
    headers: Object.fromEntries(
      Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
    ),
    payload: body,
  }
}

/** A JSON object, or an error that shows what came instead. */
export function objectOf(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw new TypeError(`Not an object: ${String(value)}`)
  return Object.fromEntries(Object.entries(value))
}

/** What Get Token issues for an account. */
export async function tokenFor(standin: Standin, account: string): Promise<string> {
  const body = documentedText('getToken', 'request').replace(
    /"accountNumber":\s*\d+/,
    `"accountNumber": ${account}`,
  )
  const reply = await standin.inject(documentedRequest('getTokenByPost', {}, body))
  if (reply.statusCode !== 200) throw new Error(`Get Token answered ${reply.statusCode}: ${reply.body}`)
  return String(objectOf(reply.json())['token'])
}

export const resetPin = (standin: Standin, token: string, pin: string): Promise<LightMyRequestResponse> =>
  standin.inject(
    documentedRequest('resetPin', { 'x-api-token': token }, JSON.stringify({ pin, signInMode: 1 })),
  )

export function signIn(
  standin: Standin,
  account: string,
  token: string,
  pin: string,
): Promise<LightMyRequestResponse> {
  const body = { ...objectOf(JSON.parse(documentedText('login', 'request'))), pin, token }
  return standin.inject(
    documentedRequest('login', { 'x-api-token': token, 'x-account-number': account }, JSON.stringify(body)),
  )
}
