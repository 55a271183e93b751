import type { IncomingHttpHeaders } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { type Answer, correct, type Decisions, json, memberOf, modeOf, pinOf, success } from './provider.js'

/** A provider that differs from the correct one in a single decision. */
export interface Mutant {
  readonly group: 'response' | 'auth' | 'validation' | 'routing'
  readonly name: string
  readonly change: Partial<Decisions>
}

const path = '/onboarding/user/resetPin/v1'
const { resCode, resDesc, data } = success
const answering = (name: string, value: unknown, status = 200): Mutant => ({
  group: 'response',
  name,
  change: { done: () => json(value, status) },
})
const sending = (name: string, answer: Answer): Mutant => ({
  group: 'response',
  name,
  change: { done: () => answer },
})
const typed = (type: string, body: string = JSON.stringify(success)): Answer => ({
  status: 200,
  headers: { 'Content-Type': type },
  body,
})

const responses: Mutant[] = [
  answering('resCode dropped', { resDesc, data }),
  answering('resDesc dropped', { resCode, data }),
  answering('data dropped', { resCode, resDesc }),
  answering('msg dropped', { resCode, resDesc, data: {} }),
  answering('resCode renamed', { code: resCode, resDesc, data }),
  answering('resDesc renamed', { resCode, description: resDesc, data }),
  answering('data renamed', { resCode, resDesc, result: data }),
  answering('msg renamed', { resCode, resDesc, data: { message: data.msg } }),
  answering('names in another case', { ResCode: resCode, ResDesc: resDesc, Data: data }),
  answering('resCode a string', { resCode: '200', resDesc, data }),
  answering('resCode another number', { resCode: 0, resDesc, data }),
  answering('resCode with a fraction', { resCode: 200.5, resDesc, data }),
  answering('resCode null', { resCode: null, resDesc, data }),
  answering('resDesc a number', { resCode, resDesc: 1, data }),
  answering('resDesc another word', { resCode, resDesc: 'OK', data }),
  answering('resDesc in lower case', { resCode, resDesc: 'success', data }),
  answering('resDesc null', { resCode, resDesc: null, data }),
  answering('data a string', { resCode, resDesc, data: data.msg }),
  answering('data an array', { resCode, resDesc, data: [data] }),
  answering('data null', { resCode, resDesc, data: null }),
  answering('msg a number', { resCode, resDesc, data: { msg: 1 } }),
  answering('msg a boolean', { resCode, resDesc, data: { msg: true } }),
  answering('msg an object', { resCode, resDesc, data: { msg: { text: data.msg } } }),
  answering('msg null', { resCode, resDesc, data: { msg: null } }),
  answering('one envelope more', { response: success }),
  answering('no envelope', data),
  answering('in a list', [success]),
  answering('JSON in a JSON string', JSON.stringify(success)),
  answering('null', null),
  answering('a failure with status 200', { resCode: 500, resDesc: 'FAILED', data: { msg: 'no' } }),
  answering('status 201', success, 201),
  answering('status 202', success, 202),
  answering('status 500', success, 500),
  sending('status 204', { status: 204 }),
  sending('a redirect', { status: 302, headers: { Location: '/elsewhere' } }),
  sending('called text/html', typed('text/html')),
  sending('called text/plain', typed('text/plain')),
  sending('called application/xml', typed('application/xml')),
  sending('without a Content-Type', { status: 200, body: JSON.stringify(success) }),
  sending('an HTML page', typed('text/html', '<html><title>Sign in</title></html>')),
  sending(
    'a comma too many',
    typed('application/json', '{"resCode":200,"resDesc":"SUCCESS","data":{"msg":"done"},}'),
  ),
  sending('half a JSON', typed('application/json', JSON.stringify(success).slice(0, 40))),
  sending('two documents', typed('application/json', JSON.stringify(success).repeat(2))),
  sending('an empty body', typed('application/json', '')),
  sending('only white space', typed('application/json', ' \n')),
  sending('called text/json', typed('text/json')),
  sending('called another kind of JSON', typed('application/problem+json')),
  sending('called application/jsonp', typed('application/jsonp', `cb(${JSON.stringify(success)})`)),
  sending(
    'single quotes',
    typed('application/json', "{'resCode':200,'resDesc':'SUCCESS','data':{'msg':'done'}}"),
  ),
  sending('UTF-16', {
    ...typed('application/json'),
    body: Buffer.from(`\uFEFF${JSON.stringify(success)}`, 'utf16le'),
  }),
  sending('called gzip and not', {
    ...typed('application/json'),
    headers: { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' },
  }),
  answering('resDesc with a space', { resCode, resDesc: 'SUCCESS ', data }),
  answering('resCode true', { resCode: true, resDesc, data }),
  answering('msg in a list', { resCode, resDesc, data: { msg: [data.msg] } }),
  answering('members as pairs', Object.entries(success)),
  answering('status 203', success, 203),
  answering('status 400', success, 400),
  {
    group: 'response',
    name: 'a redirect to the right answer',
    change: {
      routes: (method, at) => method === 'POST' && at.startsWith(path),
      sends: (response, answer) => {
        const { url = '' } = response.req
        if (url.endsWith('?again') || answer.status !== 200) return correct.sends(response, answer)
        correct.sends(response, { status: 307, headers: { Location: `${url}?again` } })
      },
    },
  },
  {
    group: 'response',
    name: 'a dropped connection',
    change: { sends: (response) => void response.socket?.destroy() },
  },
  {
    group: 'response',
    name: 'an answer that breaks off',
    change: {
      sends: (response, answer) => {
        if (answer.status !== 200) return correct.sends(response, answer)
        response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '1000' })
        response.write(JSON.stringify(success), () => response.socket?.destroy())
      },
    },
  },
]

const isText = (headers: IncomingHttpHeaders): boolean =>
  headers['content-type']?.startsWith('text/') === true

const auth = (name: string, change: Partial<Decisions>): Mutant => ({ group: 'auth', name, change })
const auths: Mutant[] = [
  auth('no token needed', { knows: () => true }),
  auth('any token taken', { knows: (token) => token !== undefined }),
  auth('any token of the right form taken', {
    knows: (token) => /^eyJ[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+$/.test(token ?? ''),
  }),
  auth('only the start of a token compared', {
    knows: (token, _, issued) =>
      token !== undefined && [...issued].some((one) => one.slice(0, 40) === token.slice(0, 40)),
  }),
  auth('a token taken with more behind it', {
    knows: (token, _, issued) => token !== undefined && [...issued].some((one) => token.startsWith(one)),
  }),
  auth('no token needed where no key is sent', {
    knows: (token, headers, issued) =>
      (token === undefined && headers['x-api-key'] === undefined) || correct.knows(token, headers, issued),
  }),
  auth('no token needed for text', {
    knows: (token, headers, issued) => isText(headers) || correct.knows(token, headers, issued),
  }),
  auth('any token taken where a key is sent', {
    knows: (token, headers, issued) =>
      (token !== undefined && headers['x-api-key'] !== undefined) || correct.knows(token, headers, issued),
  }),
  auth('a token that is none breaks it', {
    unauthorised: (token) => json({}, token === undefined || token.includes('..') ? 401 : 500),
  }),
  auth('no token taken', { knows: () => false }),
  auth('the token in another header', {
    knows: (...[, headers, issued]) => issued.has(headers.authorization?.replace('Bearer ', '') ?? ''),
  }),
  auth('an optional key required', {
    knows: (token, headers, issued) =>
      correct.knows(token, headers, issued) && headers['x-api-key'] !== undefined,
  }),
  ...[400, 403, 404, 500].map((status) =>
    auth(`unauthorised is ${status}`, { unauthorised: () => json({}, status) }),
  ),
  auth('unauthorised is 200 with an error', {
    unauthorised: () => json({ resCode: 401, resDesc: 'UNAUTHORIZED' }),
  }),
  auth('unknown tokens are 403', { unauthorised: (token) => json({}, token === undefined ? 401 : 403) }),
  auth('missing tokens are 400', { unauthorised: (token) => json({}, token === undefined ? 400 : 401) }),
]

const validation = (name: string, change: Partial<Decisions>): Mutant => ({
  group: 'validation',
  name,
  change,
})
/** Another rule for the PIN, the mode as documented. */
const pinRule = (name: string, rule: (pin: unknown) => boolean): Mutant =>
  validation(name, { allows: (body) => modeOf(body) === 1 && rule(memberOf(body, 'pin')) })
const modeRule = (name: string, rule: (mode: unknown) => boolean): Mutant =>
  validation(name, { allows: (body) => pinOf(body) !== undefined && rule(modeOf(body)) })
const text = (pin: unknown): pin is string => typeof pin === 'string'

const validations: Mutant[] = [
  validation('nothing checked', { allows: () => true, parses: () => ({}) }),
  validation('any JSON taken', { allows: (body) => body !== undefined }),
  validation('no JSON taken too', { allows: (body) => body === undefined || correct.allows(body) }),
  pinRule('pin not required', (pin) => pin === undefined || (text(pin) && /^[0-9]{4}$/.test(pin))),
  pinRule('pin may be null', (pin) => pin === null || (text(pin) && /^[0-9]{4}$/.test(pin))),
  pinRule('pin may be a number', (pin) => /^[0-9]{4,}$/.test(String(pin))),
  pinRule('pin of any type', (pin) => pin !== undefined),
  pinRule('pin any text', text),
  pinRule('pin of any length', (pin) => text(pin) && /^[0-9]+$/.test(pin)),
  pinRule('pin at least three digits', (pin) => text(pin) && /^[0-9]{3,4}$/.test(pin)),
  pinRule('pin up to five digits', (pin) => text(pin) && /^[0-9]{4,5}$/.test(pin)),
  pinRule('pin ends in four digits', (pin) => text(pin) && /[0-9]{4}$/.test(pin)),
  pinRule('only the length of the pin', (pin) => text(pin) && pin.length === 4),
  pinRule('pin a number of four signs', (pin) => text(pin) && pin.length === 4 && !Number.isNaN(Number(pin))),
  pinRule(
    'pin begins with a number',
    (pin) => text(pin) && pin.length === 4 && !Number.isNaN(parseInt(pin, 10)),
  ),
  pinRule('pin with spaces around it', (pin) => text(pin) && /^[0-9]{4}$/.test(pin.trim())),
  pinRule('pin with a line break behind it', (pin) => text(pin) && /^[0-9]{4}\n?$/.test(pin)),
  pinRule('pin of the digits of any script', (pin) => text(pin) && /^\p{Nd}{4}$/u.test(pin)),
  pinRule('pin may be empty', (pin) => pin === '' || (text(pin) && /^[0-9]{4}$/.test(pin))),
  pinRule('pin may be in a list', (pin) => {
    const [only] = [pin].flat()
    return text(only) && /^[0-9]{4}$/.test(only)
  }),
  pinRule('pin without a zero in front', (pin) => text(pin) && /^[1-9][0-9]{3}$/.test(pin)),
  pinRule('pin of five digits', (pin) => text(pin) && /^[0-9]{5}$/.test(pin)),
  pinRule(
    'pin must not be the documented one',
    (pin) => text(pin) && /^[0-9]{4}$/.test(pin) && pin !== '2222',
  ),
  pinRule('only the documented pin', (pin) => pin === '2222'),
  modeRule('mode not required', (mode) => mode === undefined || mode === 1),
  modeRule('mode may be a text', (mode) => Number(mode) === 1),
  modeRule('mode of any number', (mode) => typeof mode === 'number'),
  modeRule('mode cut to a whole number', (mode) => typeof mode === 'number' && Math.trunc(mode) === 1),
  modeRule('mode may be zero', (mode) => mode === 1 || mode === 0),
  modeRule('mode compared loosely', (mode) => String(mode) === '1'),
  modeRule('mode may be null', (mode) => mode === 1 || mode === null),
  modeRule('mode 1 or 2', (mode) => mode === 1 || mode === 2),
  modeRule('mode true', (mode) => mode === 1 || mode === true),
  modeRule('mode not checked', () => true),
  modeRule('mode must be 2', (mode) => mode === 2),
  validation('a list of bodies taken', { allows: (body) => [body].flat().some(correct.allows) }),
  validation('a body as JSON in a string taken', {
    allows: (body) => correct.allows(text(body) ? correct.parses(body) : body),
  }),
  validation('null taken for a body', { allows: (body) => body === null || correct.allows(body) }),
  validation('text not checked', {
    passes: (type) => type.startsWith('text/plain'),
  }),
  validation('text/plain not read', { reads: (type) => type.startsWith('application/json') }),
  validation('JSON not read', { reads: (type) => type.startsWith('text/plain') }),
  validation('refused with 500', { refused: () => json({}, 500) }),
  validation('refused with 200', { refused: () => json({ resCode: 400, resDesc: 'BAD REQUEST' }) }),
  validation('refused with 302', { refused: () => ({ status: 302, headers: { Location: '/help' } }) }),
]

const routing = (name: string, routes: Decisions['routes']): Mutant => ({
  group: 'routing',
  name,
  change: { routes },
})
const routings: Mutant[] = [
  routing('PUT in place of POST', (method, at) => method === 'PUT' && at === path),
  routing('another version', (_, at) => at === path.replace('v1', 'v2')),
  routing('the path in lower case', (_, at) => at === path.toLowerCase()),
  routing('a slash at the end', (_, at) => at === `${path}/`),
  routing('another base path', (_, at) => at === `/api${path}`),
]

/** Every one of them must be noticed. */
export const wrong: readonly Mutant[] = [...responses, ...auths, ...validations, ...routings]

/** Different, and nothing that a contract speaks of. */
export const unnoticed: readonly Mutant[] = [
  answering('other prose', { resCode, resDesc, data: { msg: 'Done.' } }),
  {
    group: 'response',
    name: 'slow',
    change: {
      sends: (response, answer) => void wait(50).then(() => correct.sends(response, answer)),
    },
  },
]
