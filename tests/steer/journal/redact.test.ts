import * as fc from 'fast-check'
import t from 'tap'
import { redactBody } from '../../../src/steer/journal/redact-body.js'
import { Redaction } from '../../../src/steer/journal/redaction.js'
import { isSecretName } from '../../../src/operation/secrets.js'
import { description } from './helper.js'

const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI3In0.c2ln'
const redaction = new Redaction(['/user/ssn', '/ticket', '/list/*/code'], description.securitySchemes)

void t.test('bodies', async (t) => {
  const cases: readonly (readonly [
    name: string,
    type: string | undefined,
    text: string,
    expected: string,
  ])[] = [
    [
      'nothing secret stays as it was written',
      'application/json',
      '{ "a" : [1, 14.0] }',
      '{ "a" : [1, 14.0] }',
    ],
    ['a PIN', 'application/json', '{"pin": "1111", "n": 14.0}', '{"pin":"[redacted]","n":14.0}'],
    ['a number', 'application/json', '{"pin":1111}', '{"pin":"[redacted]"}'],
    ['below a secret name', undefined, '{"credentials":{"a":["x"]}}', '{"credentials":{"a":["[redacted]"]}}'],
    ['a token in a text', undefined, `{"note":"see ${JWT}"}`, '{"note":"see [redacted]"}'],
    [
      'by pointer',
      undefined,
      '{"user":{"ssn":"1","n":2},"ssn":3}',
      '{"user":{"ssn":"[redacted]","n":2},"ssn":3}',
    ],
    [
      'by pointer with any token',
      undefined,
      '{"list":[{"code":1},{"x":2}]}',
      '{"list":[{"code":"[redacted]"},{"x":2}]}',
    ],
    [
      'a single name, and that of a security scheme, at any depth',
      undefined,
      '{"a":[{"ticket":1,"n":2}],"b":{"Gate":"x","c":{"X-Gate":["y"]}}}',
      '{"a":[{"ticket":"[redacted]","n":2}],"b":{"Gate":"[redacted]","c":{"X-Gate":["[redacted]"]}}}',
    ],
    ['the second of two members', undefined, '{"a":{"pin":"1"},"a":2}', '{"a":2}'],
    ['escaped names', undefined, String.raw`{"p\u0069n":"1111"}`, '{"pin":"[redacted]"}'],
    ['JSON that calls itself text', 'text/plain', '{"pin":"1"}', '{"pin":"[redacted]"}'],
    [
      'JSON that calls itself a form',
      'application/x-www-form-urlencoded',
      '{"pin":"1"}',
      '{"pin":"[redacted]"}',
    ],
    ['a bare text', 'application/json', `"${JWT}"`, '"[redacted]"'],
    [
      'a form',
      'application/x-www-form-urlencoded',
      'pin=1111&n=2&ticket=3',
      'pin=[redacted]&n=2&ticket=[redacted]',
    ],
    ['broken JSON', 'application/json', '{"pin": "1111", "n": 2,}', '{"pin": "[redacted]", "n": 2,}'],
    [
      'JSON without quotes',
      'application/json',
      "{pin: 1111, 'token': 'x y'}",
      "{pin: [redacted], 'token': [redacted]}",
    ],
    ['cut in a secret', 'application/json', '{"n":1,"password":"abc', '{"n":1,"password":"[redacted]"'],
    ['cut in a secret object', 'application/json', '{"secrets":{"a":"abc', '{"secrets":[redacted]'],
    ['cut, by pointer', 'application/json', '{"user":{"ssn":"123", "n', '{"user":{"ssn":"[redacted]", "n'],
    [
      'words',
      'text/plain',
      'pin=1111 and Authorization: Bearer abc',
      'pin=[redacted] and Authorization: [redacted]',
    ],
    [
      'XML',
      'application/xml',
      '<a><pin>1111</pin><n password="x">2</n></a>',
      '<a><pin>[redacted]</pin><n password="[redacted]">2</n></a>',
    ],
    [
      'XML with a prefix',
      'text/xml',
      '<x:token id="1">abc</x:token>',
      '<x:token id="1">[redacted]</x:token>',
    ],
    [
      'parts',
      'multipart/form-data; boundary=b',
      '--b\r\nContent-Disposition: form-data; name="pin"\r\n\r\n11\r\n11\r\n--b\r\nContent-Disposition: form-data; name="n"\r\n\r\n2\r\n--b--',
      '--b\r\nContent-Disposition: form-data; name="pin"\r\n\r\n[redacted]\r\n--b\r\nContent-Disposition: form-data; name="n"\r\n\r\n2\r\n--b--',
    ],
  ]
  for (const [name, type, text, expected] of cases) t.equal(redaction.body(text, type), expected, name)
})

void t.test('urls', async (t) => {
  const cases: readonly (readonly [url: string, template: string, expected: string])[] = [
    ['/cups/7?n=1', '/cups/{id}', '/cups/7?n=1'],
    ['/cups/7?pin=1&n=2', '/cups/{id}', '/cups/7?pin=[redacted]&n=2'],
    ['/accounts/7/pin/1111', '/accounts/{account}/pin/{pin}', '/accounts/7/pin/[redacted]'],
    ['/%61ccounts/7/pin/1111', '/accounts/{account}/pin/{pin}', '/%61ccounts/7/pin/[redacted]'],
    [`/cups/${JWT}`, '/cups/{id}', '/cups/[redacted]'],
    ['/x?Gate=1&t%69cket=2', '', '/x?Gate=[redacted]&t%69cket=[redacted]'],
    ['/x?a=1?pin=2', '', '/x?a=[redacted]'],
    ['/x?%=1&ticket', '', '/x?%=1&ticket'],
  ]
  for (const [url, template, expected] of cases) t.equal(redaction.url(url, template), expected, url)
})

void t.test('headers', async (t) => {
  t.strictSame(
    redaction.headers({
      authorization: 'Bearer abc',
      cookie: 'a=b',
      'set-cookie': ['a=b', 'c=d'],
      'x-gate': 'open',
      'x-api-key': '1',
      accept: ['text/html', 'text/plain'],
      'x-none': undefined,
      referer: '/a?pin=1',
    }),
    {
      authorization: '[redacted]',
      cookie: '[redacted]',
      'set-cookie': '[redacted]',
      'x-gate': '[redacted]',
      'x-api-key': '[redacted]',
      accept: 'text/html, text/plain',
      referer: '/a?pin=[redacted]',
    },
  )
})

void t.test('no secret of a JSON body is left, wherever it is cut', async (t) => {
  const secret = fc.stringMatching(/^S3CRET[a-z0-9]{6}$/)
  const rules = { pointers: [], isSecret: isSecretName }
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), secret, fc.boolean(), fc.nat(), (around, hidden, deep, at) => {
      const text = JSON.stringify({ around, pin: deep ? { a: [hidden] } : hidden, after: around })
      const cut = text.slice(0, at % (text.length + 1))
      return !redactBody(cut, 'application/json', rules).includes('S3CRET')
    }),
    { seed: 7 },
  )
  t.pass()
})
