import { Ajv } from 'ajv'
import t from 'tap'
import { type TSchema, Type } from '@sinclair/typebox'
import { onboarding } from '../../../src/apis/onboarding/index.js'
import { parseExact, toPlain } from '../../../src/operation/json.js'
import { exampleOf, operationOf } from './helper.js'

/** The schemas that requests and replies are held against. */
const bodyOf = (operationId: string): TSchema => {
  const { schema } = operationOf(operationId).requestBody?.content[0] ?? {}
  if (schema === undefined) throw new Error(`${operationId} has no body`)
  return schema
}
const replyOf = (operationId: string): TSchema => {
  const { schema } =
    operationOf(operationId).responses.find(({ status }) => status === '200')?.content[0] ?? {}
  if (schema === undefined) throw new Error(`${operationId} has no 200`)
  return schema
}
const [ResetPinBody, ResetPinResponse] = [bodyOf('resetPin'), replyOf('resetPin')]
const [LoginBody, LoginResponse] = [bodyOf('login'), replyOf('login')]
const [GetTokenBody, GetTokenResponse] = [bodyOf('getToken'), replyOf('getToken')]
const ResetPinHeaders = Type.Object(
  Object.fromEntries(
    operationOf('resetPin').parameters.map(({ name, required, schema }) => [
      name,
      required === true ? schema : Type.Optional(schema),
    ]),
  ),
)

const ajv = new Ajv({ strict: false, allErrors: true })
const faults = (schema: TSchema, value: unknown): string[] => {
  const validate = ajv.compile(schema)
  validate(value)
  return (validate.errors ?? []).map(({ instancePath, keyword, params }) => {
    const { missingProperty }: { missingProperty?: string } = params
    return missingProperty === undefined
      ? `${instancePath} ${keyword}`
      : `${instancePath}/${missingProperty} ${keyword}`
  })
}

await t.test('documented examples fit their schemas, everywhere they stand', async (t) => {
  let seen = 0
  for (const { operationId, parameters, requestBody, responses } of onboarding.description.operations) {
    for (const { content } of [...(requestBody ? [requestBody] : []), ...responses]) {
      for (const { schema, examples } of content) {
        for (const { name, text } of examples) {
          seen += 1
          t.strictSame(schema && faults(schema, toPlain(parseExact(text))), [], `${operationId} ${name}`)
        }
      }
    }
    for (const { name, example, schema } of parameters)
      t.strictSame(faults(schema, example), [], `${operationId} ${name}`)
  }
  t.equal(seen, 2 + 2 + 4 * 3)
})

const pin = exampleOf('resetPin', 'request')
const login = exampleOf('login', 'request')
const token = exampleOf('getToken', 'request')
const device = { ...login, signInMode: 2, pin: 'bm90IGEgUElO' }

const cases: readonly (readonly [
  title: string,
  schema: TSchema,
  value: unknown,
  faults: readonly string[],
])[] = [
  ['a PIN with leading zeros', ResetPinBody, { ...pin, pin: '0007' }, []],
  ['an additional member', ResetPinBody, { ...pin, note: 1 }, []],
  ['no PIN', ResetPinBody, { signInMode: 1 }, ['/pin required']],
  ['a PIN of three digits', ResetPinBody, { ...pin, pin: '222' }, ['/pin pattern']],
  ['a PIN of five digits', ResetPinBody, { ...pin, pin: '22222' }, ['/pin pattern']],
  ['a PIN and a line break', ResetPinBody, { ...pin, pin: '2222\n' }, ['/pin pattern']],
  ['a PIN in other digits', ResetPinBody, { ...pin, pin: '٢٢٢٢' }, ['/pin pattern']],
  ['a PIN as a number', ResetPinBody, { ...pin, pin: 2222 }, ['/pin type']],
  ['mode 2 in Reset Pin', ResetPinBody, { ...pin, signInMode: 2 }, ['/signInMode const']],
  ['a mode as text', ResetPinBody, { ...pin, signInMode: '1' }, ['/signInMode type', '/signInMode const']],
  ['an array', ResetPinBody, [], [' type']],
  ['four digits in mode 1', LoginBody, login, []],
  ['a device id in mode 2', LoginBody, device, []],
  ['a device id in mode 1', LoginBody, { ...device, signInMode: 1 }, ['/pin pattern', ' if']],
  ['an empty device id', LoginBody, { ...device, pin: '' }, ['/pin minLength']],
  [
    'a third mode',
    LoginBody,
    { ...login, signInMode: 3 },
    ['/signInMode const', '/signInMode const', '/signInMode anyOf'],
  ],
  [
    'a PIN only',
    LoginBody,
    { pin: '1111' },
    ['keyRef', 'signInMode', 'token', 'authType', 'deviceId'].map((name) => `/${name} required`),
  ],
  ['19 digits', GetTokenBody, { ...token, accountNumber: Number('9999999999999999999') }, []],
  ['20 digits and more', GetTokenBody, { ...token, accountNumber: 1e20 }, ['/accountNumber maximum']],
  ['an account as text', GetTokenBody, { ...token, accountNumber: '100' }, ['/accountNumber type']],
  ['half an account', GetTokenBody, { ...token, accountNumber: 1.5 }, ['/accountNumber type']],
  ['a negative account', GetTokenBody, { ...token, accountNumber: -1 }, ['/accountNumber minimum']],
  ['phone numbers as text', GetTokenBody, { ...token, isdCode: '91', mobileNumber: '0900' }, []],
  [
    'only what is required',
    GetTokenBody,
    { referenceId: '', sdkPublicKey: '', sdkApiKey: '', accountNumber: 0 },
    [],
  ],
  ['data that is no string map', GetTokenBody, { ...token, data: { branch: 1 } }, ['/data/branch type']],
  [
    'another result code',
    ResetPinResponse,
    { ...exampleOf('resetPin', '200'), resCode: 201 },
    ['/resCode const'],
  ],
  ['another result word', LoginResponse, { ...exampleOf('login', '200'), resDesc: 'OK' }, ['/resDesc const']],
  [
    'the result code of the tab',
    GetTokenResponse,
    { ...exampleOf('getToken', '200'), resCode: 'TOK200' },
    [],
  ],
  ['a token with a key part', ResetPinHeaders, { 'X-API-TOKEN': 'a.b.c.d.e' }, []],
  ['a signed token', ResetPinHeaders, { 'X-API-TOKEN': 'a.b.c' }, ['/X-API-TOKEN pattern']],
  ['an empty token', ResetPinHeaders, { 'X-API-TOKEN': '' }, ['/X-API-TOKEN pattern']],
]
for (const [title, schema, value, expected] of cases) {
  await t.test(title, async (t) => t.strictSame(faults(schema, value).toSorted(), expected.toSorted()))
}

await t.test('credentials are required exactly where the pages require them', async (t) => {
  for (const { operationId, parameters, security } of onboarding.description.operations) {
    const required = parameters
      .filter(({ name, required }) => required && name.startsWith('X-API-'))
      .map(({ name }) => name)
    t.strictSame(security?.flatMap(Object.keys).toSorted(), required.toSorted(), operationId)
    for (const name of required)
      t.match(onboarding.description.securitySchemes[name], { type: 'apiKey', in: 'header', name })
  }
})
