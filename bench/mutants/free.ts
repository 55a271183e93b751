import { gzipSync } from 'node:zlib'
import { correct, type Decisions, json, success } from './provider.js'

interface Variant {
  readonly name: string
  readonly change: Partial<Decisions>
}

const done = (
  headers: Record<string, string>,
  body: string | Buffer = JSON.stringify(success),
): Partial<Decisions> => ({
  done: () => ({ status: 200, headers, body }),
})
const type = { 'Content-Type': 'application/json' }
const { resCode, resDesc, data } = success
const problem = (status: number) => ({
  status,
  headers: { 'Content-Type': 'application/problem+json' },
  body: '{"title":"not valid"}',
})
/** Letters as JSON may write them (RFC 8259 section 7). */
const escaped = (text: string): string =>
  text.replaceAll(/[A-Za-z]/g, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`)

/** Correct providers that use the freedom that the docs leave them. None may be reported. */
export const free: readonly Variant[] = [
  { name: 'as the docs have it', change: {} },
  {
    name: '401 with the envelope',
    change: { unauthorised: () => json({ resCode: 401, resDesc: 'UNAUTHORIZED' }, 401) },
  },
  { name: '401 with no body', change: { unauthorised: () => ({ status: 401 }) } },
  {
    name: '401 with a page and a challenge',
    change: {
      unauthorised: () => ({
        status: 401,
        headers: { 'Content-Type': 'text/html', 'WWW-Authenticate': 'ApiKey' },
        body: '<h1>Sign in</h1>',
      }),
    },
  },
  { name: 'header names in lower case', change: done({ 'content-type': 'application/json' }) },
  { name: 'a charset', change: done({ 'Content-Type': 'application/json; charset=utf-8' }) },
  { name: 'a media type in upper case', change: done({ 'Content-Type': 'Application/JSON' }) },
  {
    name: 'more headers',
    change: done({ ...type, 'X-Request-Id': '1', 'Set-Cookie': 'a=b', 'Cache-Control': 'no-store' }),
  },
  { name: 'a closed connection', change: done({ ...type, Connection: 'close' }) },
  { name: 'gzip', change: done({ ...type, 'Content-Encoding': 'gzip' }, gzipSync(JSON.stringify(success))) },
  { name: 'indented', change: done(type, JSON.stringify(success, null, 4)) },
  { name: 'members in another order', change: { done: () => json({ data, resDesc, resCode }) } },
  {
    name: 'members that are not documented',
    change: { done: () => json({ ...success, traceId: 'x', data: { ...data, at: null } }) },
  },
  { name: 'an empty message', change: { done: () => json({ ...success, data: { msg: '' } }) } },
  {
    name: 'a message in another script',
    change: { done: () => json({ ...success, data: { msg: 'पिन बदल गया\n✓' } }) },
  },
  { name: 'refused with 400', change: { refused: () => json({}, 400) } },
  { name: 'refused with 409 and a page', change: { refused: () => ({ status: 409, body: 'no' }) } },
  { name: 'any media type of a request', change: { reads: () => true } },
  {
    name: 'in chunks',
    change: {
      sends: (response, { status, headers = {}, body = '' }) => {
        response.writeHead(status, { ...headers, 'Transfer-Encoding': 'chunked' })
        for (const byte of String(body)) response.write(byte)
        response.end()
      },
    },
  },
  { name: 'more routes', change: { routes: (_, path) => path.startsWith('/onboarding/') } },
  {
    name: '401 with a body that is called JSON and is none',
    change: {
      unauthorised: () => ({
        status: 401,
        headers: { 'Content-Type': 'application/json' },
        body: '<denied>',
      }),
    },
  },
  { name: 'refused without a body', change: { refused: () => ({ status: 422 }) } },
  { name: 'refused with a problem', change: { refused: () => problem(400) } },
  {
    name: 'a charset in upper case and quotes',
    change: done({ 'Content-Type': 'application/json;Charset="UTF-8"' }),
  },
  { name: 'a parameter of the media type', change: done({ 'Content-Type': 'application/json; profile=v1' }) },
  { name: 'white space around', change: done(type, `\r\n ${JSON.stringify(success)}\n`) },
  { name: 'everything escaped', change: done(type, escaped(JSON.stringify(success))) },
  {
    name: 'a long message',
    change: { done: () => json({ ...success, data: { msg: 'x'.repeat(100_000) } }) },
  },
  {
    name: 'members in the envelope',
    change: { done: () => json({ ...success, errors: [], meta: { a: 1 } }) },
  },
  {
    name: 'early hints',
    change: {
      sends: (response, answer) => {
        response.writeEarlyHints({ link: '</style.css>; rel=preload' }, () => correct.sends(response, answer))
      },
    },
  },
  {
    name: 'a body that ends with the connection',
    change: {
      sends: (response, { status, headers = {}, body = '' }) => {
        response.useChunkedEncodingByDefault = false
        response.shouldKeepAlive = false
        response.writeHead(status, headers)
        response.end(body)
      },
    },
  },
]
