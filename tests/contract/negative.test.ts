import { Type } from '@sinclair/typebox'
import { Ajv2020 } from 'ajv/dist/2020.js'
import t from 'tap'
import { onboarding } from '../../src/apis/onboarding/index.js'
import { invalidBodies, validBodies } from '../../src/contract/body-mutations.js'
import { generateContract } from '../../src/contract/generate.js'

const Pin = Type.Object({ pin: Type.String({ pattern: '^[0-9]{4}$' }), mode: Type.Literal(1) })
const example = { pin: '2222', mode: 1 }

void t.test('bodies that miss narrowly, each past another half of a check', async (t) => {
  const bodies = invalidBodies(Pin, example, {})
  const pins = bodies.flatMap(({ value }) =>
    typeof value === 'object' && value !== null && 'pin' in value && 'mode' in value && value.mode === 1
      ? [value.pin]
      : [],
  )
  const checks: [name: string, accepts: (pin: unknown) => boolean][] = [
    ['that it is there', (pin) => pin !== undefined],
    ['its truth', (pin) => !pin || (typeof pin === 'string' && /^[0-9]{4}$/.test(pin))],
    ['its type', (pin) => typeof pin === 'string'],
    ['its length', (pin) => typeof pin === 'string' && pin.length === 4],
    ['a number in it', (pin) => typeof pin === 'string' && pin.length === 4 && !Number.isNaN(Number(pin))],
    ['a number at its beginning', (pin) => /^[0-9]{3}.$/.test(String(pin))],
    ['its end', (pin) => typeof pin === 'string' && /[0-9]{4}$/.test(pin)],
    ['its beginning', (pin) => typeof pin === 'string' && /^[0-9]{4}/.test(pin)],
    ['its text without spaces', (pin) => typeof pin === 'string' && /^[0-9]{4}$/.test(pin.trim())],
    ['its first line', (pin) => typeof pin === 'string' && /^[0-9]{4}$/m.test(pin)],
    ['digits of any script', (pin) => typeof pin === 'string' && /^\p{Nd}{4}$/u.test(pin)],
    ['what it reads as', (pin) => /^[0-9]{4}$/.test(String(pin))],
  ]
  for (const [name, accepts] of checks) t.ok(pins.some(accepts), `whoever checks only ${name} is found out`)
  const modes = bodies.flatMap(({ value }) =>
    typeof value === 'object' && value !== null && 'mode' in value && 'pin' in value && value.pin === '2222'
      ? [value.mode]
      : [],
  )
  t.strictSame(new Set(modes), new Set(['1', [1], null, true, 2, 0, 1.5, -1]))
  const whole = bodies.slice(-3).map(({ value }) => value)
  t.strictSame(whole, [[example], JSON.stringify(example), null], 'and the body as something else')
})

void t.test('nothing that the schema allows is to be refused, and the other way round', async (t) => {
  const schemas = [
    Pin,
    Type.Object({ pin: Type.Optional(Type.String()), mode: Type.Number() }),
    Type.Object({ pin: Type.Any(), mode: Type.Union([Type.Literal(1), Type.Literal(2)]) }),
    Type.Unknown(),
  ]
  const ajv = new Ajv2020({ strict: false })
  for (const [index, schema] of schemas.entries()) {
    const validate = ajv.compile(schema)
    for (const { says, value } of invalidBodies(schema, example, {}))
      t.notOk(validate(value), `${index} ${says}`)
    for (const { says, value } of validBodies(schema, example, {})) t.ok(validate(value), `${index} ${says}`)
  }
  t.strictSame(invalidBodies(Type.Unknown(), example, {}), [])
})

interface Written {
  readonly key: string
  readonly request: {
    readonly headers?: Readonly<Record<string, readonly string[]>>
    readonly body?: { readonly content: unknown }
    readonly generators?: { readonly header?: Readonly<Record<string, { readonly expression: string }>> }
  }
  readonly response: object
}

void t.test('credentials that are missing or not true, in each form of the request', async (t) => {
  const { text } = generateContract(onboarding.description, { consumer: 'a', provider: 'b', negative: true })
  const interactions: Written[] = JSON.parse(text).interactions
  const of = (key: string): Written | undefined => interactions.find((one) => one.key === `resetPin-${key}`)
  t.strictSame(of('refuses-no-credentials')?.request.headers, { 'Content-Type': ['application/json'] })
  t.strictSame(of('refuses-malformed-x-api-token')?.request.headers?.['X-API-TOKEN'], ['none'])
  t.equal(
    of('refuses-longer-x-api-token')?.request.generators?.header?.['X-API-TOKEN']?.expression,
    '${X-API-TOKEN}xx',
  )
  const text401 = of('refuses-without-x-api-token-sent-as-text-plain')?.request
  t.strictSame(text401?.headers?.['Content-Type'], ['text/plain'])
  t.notOk('X-API-TOKEN' in (text401?.headers ?? {}))
  t.strictSame(of('refuses-without-pin-sent-as-text-plain')?.request.body?.content, { signInMode: 1 })
  for (const key of ['no-credentials', 'malformed-x-api-token', 'longer-x-api-token'])
    t.strictSame(
      of(`refuses-${key}`)?.response,
      { status: 401 },
      `${key}: the status that the docs give, and no body`,
    )
})
