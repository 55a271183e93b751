import { Type } from '@sinclair/typebox'
import t from 'tap'
import { operation } from '../../src/operation/build.js'
import type { ApiDescription } from '../../src/operation/description.js'
import type { Operation, RequestBody } from '../../src/operation/operation.js'
import { createBodyReader } from '../../src/respond/check-body.js'
import { createCredentialCheck, credentialNames } from '../../src/respond/check-credentials.js'
import { Validation } from '../../src/respond/validation.js'
import type { Violation } from '../../src/respond/violation.js'

const source = { file: 'page.md', line: 9 }
const withParts = (parts: Partial<Operation>): Operation => ({
  ...operation({
    operationId: 'o',
    method: 'POST',
    path: '/o',
    parameters: [],
    responses: [],
    source: { file: 'page.md', line: 1 },
  }),
  ...parts,
})

const PetBody = Type.Object({ id: Type.Integer(), made: Type.Optional(Type.String({ readOnly: true })) })
const content = (...mediaTypes: string[]): RequestBody['content'] =>
  mediaTypes.map((mediaType) => ({ mediaType, schema: PetBody, examples: [] }))

void t.test('the body of a request', async (t) => {
  const json = { content: content('application/json'), required: true, source }
  const cases: [
    name: string,
    body: RequestBody | undefined,
    sent: string | undefined,
    type: string | undefined,
    expected: object,
  ][] = [
    ['not described', undefined, 'anything', 'text/html', { value: undefined }],
    ['described without a form', { content: [], source }, 'anything', undefined, { value: undefined }],
    ['valid', json, '{"id":1}', 'application/json', { value: { id: 1 } }],
    ['without a type', json, '{"id":1}', undefined, { value: { id: 1 } }],
    ['JSON as text', json, '{"id":1}', 'text/plain', { value: { id: 1 } }],
    ['missing', json, undefined, undefined, { violations: [{ keyword: 'required', pointer: '', source }] }],
    ['empty', json, '', 'application/json', { violations: [{ keyword: 'required' }] }],
    ['missing and optional', { ...json, required: false }, undefined, undefined, { value: undefined }],
    [
      'not JSON',
      json,
      '{',
      'application/json',
      { code: 'malformed-body', violations: [{ keyword: 'syntax', source }] },
    ],
    [
      'wrong',
      json,
      '{"id":"1"}',
      'application/json',
      { violations: [{ in: 'body', pointer: '/id', keyword: 'type' }] },
    ],
    [
      'another type',
      json,
      '<a/>',
      'application/xml',
      { code: 'unsupported-media-type', violations: [{ keyword: 'media-type' }] },
    ],
    [
      'of the second type',
      { content: content('application/json', 'application/x-www-form-urlencoded'), source },
      'id=5',
      'application/x-www-form-urlencoded',
      { value: { id: 5 } },
    ],
  ]
  for (const [name, requestBody, body, type, expected] of cases) {
    const read = createBodyReader(
      withParts(requestBody ? { requestBody } : {}),
      new Validation({}),
      () => undefined,
    )
    const headers = type === undefined ? {} : { 'content-type': type }
    t.match(read({ method: 'POST', url: '/o', headers, body }), expected, name)
    const bytes = body === undefined ? undefined : Buffer.from(body)
    t.match(read({ method: 'POST', url: '/o', headers, body: bytes }), expected, `${name}, as bytes`)
  }
})

void t.test('a body that is read well has no violations, and numbers of any size are read', async (t) => {
  const requestBody = { content: content('application/json'), source }
  const read = createBodyReader(withParts({ requestBody }), new Validation({}), () => undefined)
  const result = read({ method: 'POST', url: '/o', headers: {}, body: '{"id":12345678901234567890}' })
  t.notOk('code' in result)
  t.equal('violations' in result ? result.violations : undefined, undefined)
})

const description: ApiDescription = {
  title: 'A',
  operations: [],
  findings: [],
  documents: {},
  securitySchemes: {
    key: { type: 'apiKey', in: 'header', name: 'X-Key', description: 'Ask the desk.', source },
    bearer: { type: 'http', scheme: 'bearer', source },
  },
}
const keyParameter = {
  name: 'x-key',
  in: 'header' as const,
  required: true,
  schema: Type.String(),
  source,
}
const broken = (name: string): Violation => ({
  in: 'header',
  name,
  pointer: '',
  keyword: 'pattern',
  message: 'must match pattern',
})

void t.test('who is kept out, and with which challenge', async (t) => {
  const keyed = withParts({ security: [{ key: [] }], parameters: [keyParameter] })
  const either = withParts({ security: [{ key: [] }, { bearer: [] }] })
  const challenge = 'ApiKey realm="key", in="header", name="X-Key"'
  const both = [challenge, 'Bearer realm="bearer"']
  const cases: [string, Operation, Record<string, string>, Violation[], object | undefined][] = [
    ['no security', withParts({}), {}, [broken('x-key')], undefined],
    ['there', keyed, { 'x-key': 'k' }, [], undefined],
    ['something else is wrong', keyed, { 'x-key': 'k' }, [broken('x-other')], undefined],
    [
      'missing',
      keyed,
      {},
      [{ ...broken('X-KEY'), keyword: 'required' }],
      { code: 'credentials-refused', challenges: [challenge], violations: [{ keyword: 'required' }] },
    ],
    [
      'not as documented',
      keyed,
      { 'x-key': 'k' },
      [broken('X-KEY'), broken('x-other')],
      { challenges: [challenge], violations: [broken('X-KEY')] },
    ],
    [
      'neither of two',
      either,
      {},
      [],
      {
        challenges: both,
        violations: [
          { keyword: 'security', name: 'X-Key', docs: 'Ask the desk.', source },
          { keyword: 'security', name: 'Authorization', in: 'header' },
        ],
      },
    ],
    ['the second of two', either, { authorization: 'Bearer t' }, [], undefined],
  ]
  for (const [name, checked, headers, violations, expected] of cases) {
    const check = createCredentialCheck(checked, description)
    const refused = check({ headers, query: '' }, violations)
    if (expected === undefined) t.equal(refused, undefined, name)
    else t.match(refused, expected, name)
  }
  t.strictSame([...credentialNames(either, description)], ['header x-key'])
})

void t.test('a HEAD needs no body where its GET does', async (t) => {
  const requestBody = { content: content('application/json'), required: true, source }
  const violationsOf = (documented: Operation['method'], method: string) => {
    const read = createBodyReader(
      withParts({ method: documented, requestBody }),
      new Validation({}),
      () => undefined,
    )
    const found = read({ method, url: '/o', headers: {}, body: undefined })
    return found.violations?.map(({ keyword }) => keyword)
  }
  t.equal(violationsOf('GET', 'HEAD'), undefined)
  t.same(violationsOf('GET', 'GET'), ['required'])
  t.same(violationsOf('HEAD', 'HEAD'), ['required'], 'the docs have the last word')
})
