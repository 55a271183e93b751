import { type TSchema, Type } from '@sinclair/typebox'
import { describePage, implies } from '../../operation/build.js'
import type { Finding } from '../../operation/finding.js'
import type { Operation } from '../../operation/operation.js'
import {
  acceptAlso,
  all,
  also,
  type Change,
  inBody,
  inHeader,
  inReply,
  member,
  renameReply,
  typed,
} from './changes.js'
import { COMPACT_JWE, FOUR_DIGITS } from './patterns.js'

const resetPinPage = describePage('fixtures/onboarding/reset-pin-api.md')
const loginPage = describePage('fixtures/onboarding/login-api.md')
const getTokenPage = describePage('fixtures/onboarding/get-token-api.md')

const FORMS_OF_GET_TOKEN = {
  getToken: 'getToken',
  postTokenServiceClientServerNewV2Token: 'getTokenByPost',
  getTokenServiceClientServerNewToken: 'getTokenWithoutV2',
  postTokenServiceClientServerNewToken: 'getTokenWithoutV2ByPost',
} as const

interface Refinement {
  /** Ids of the operations, as they are read from the pages. */
  readonly of: readonly string[]
  readonly why: string
  readonly change: Change
}

const constant = (name: string, value: string | number, at: Readonly<Record<string, unknown>>) =>
  member(name, typed(Type.Literal(value, at)))

/**
 * What a person understands of the three pages and no reader could: each with its reason, and with
 * the place on a page that it rests on. Everything else is generated from the pages.
 */
const refinements: readonly Refinement[] = [
  {
    of: ['resetPin', 'login', ...Object.keys(FORMS_OF_GET_TOKEN)],
    why: 'The reply of a block is called by its status, OK. People have edited it as `response`, and stores keep that name.',
    change: renameReply('ok', 'response'),
  },
  {
    of: ['resetPin', 'login'],
    why: 'Every token that the pages show is a JWE in compact form, and tokens of another form are none of theirs.',
    change: inHeader('X-API-TOKEN', also({ pattern: COMPACT_JWE })),
  },
  {
    of: ['resetPin'],
    why: 'Line 22 leaves the form of a PIN to the Login page, which says in its line 19 that it has 4 digits.',
    change: inBody(member('pin', also({ pattern: FOUR_DIGITS }))),
  },
  {
    of: ['login'],
    why: 'Line 19 says of `pin` that it is a PIN of 4 digits with signInMode 1 and a device id, which is some text, with 2.',
    change: inBody(
      all(
        member('pin', also({ minLength: 1 })),
        also(
          implies(
            { properties: { signInMode: { const: 1 } } },
            { properties: { pin: { pattern: FOUR_DIGITS, ...loginPage.at(19) } } },
          ),
        ),
      ),
    ),
  },
  {
    of: ['login'],
    why: 'The two other pages send their JSON as text/plain; whoever learned it from them is not refused here.',
    change: acceptAlso('text/plain'),
  },
  {
    of: ['resetPin'],
    why: 'resCode and resDesc tell success from failure, so in a 200 they are what its sample in lines 41 and 42 shows.',
    change: inReply(
      '200',
      all(constant('resCode', 200, resetPinPage.at(41)), constant('resDesc', 'SUCCESS', resetPinPage.at(42))),
    ),
  },
  {
    of: ['login'],
    why: 'As in Reset Pin; the sample is in lines 57 and 58.',
    change: inReply(
      '200',
      all(constant('resCode', 200, loginPage.at(57)), constant('resDesc', 'SUCCESS', loginPage.at(58))),
    ),
  },
  {
    of: Object.keys(FORMS_OF_GET_TOKEN),
    why: 'As in Reset Pin, but the samples in lines 70 and 156 show two codes of success; either is as documented.',
    change: inReply(
      '200',
      all(
        member(
          'resCode',
          typed(
            Type.Union([
              Type.Literal(100, getTokenPage.at(70)),
              Type.Literal('TOK200', getTokenPage.at(156)),
            ]),
          ),
        ),
        constant('resDesc', 'SUCCESS', getTokenPage.at(72)),
      ),
    ),
  },
  {
    of: Object.keys(FORMS_OF_GET_TOKEN),
    why: 'Line 51 limits the number of an account to 19 digits: a whole number, and 19 nines are 10^19 in JavaScript.',
    change: inBody(member('accountNumber', typed(Type.Integer({ minimum: 0, maximum: 1e19 })))),
  },
  {
    of: Object.keys(FORMS_OF_GET_TOKEN),
    why: 'Line 55 calls the date of birth yyyyMMdd, which is a whole number.',
    change: inBody(member('dob', typed(Type.Integer()))),
  },
  {
    of: Object.keys(FORMS_OF_GET_TOKEN),
    why: 'The page calls isdCode and mobileNumber strings and sends numbers (lines 139, 140); either is as documented.',
    change: inBody(
      all(member('isdCode', textOrNumber(34, 139)), member('mobileNumber', textOrNumber(38, 140))),
    ),
  },
]

function textOrNumber(row: number, sample: number): (schema: TSchema) => TSchema {
  return typed(Type.Union([Type.String(getTokenPage.at(row)), Type.Integer(getTokenPage.at(sample))]))
}

/** The operations as a person understands their pages, under the short ids that the pages' readers would give them. */
export const refined = (operations: readonly Operation[]): Operation[] =>
  operations.map((operation) => {
    const changes = refinements.filter(({ of }) => of.includes(operation.operationId))
    const changed = changes.reduce((one, { change }) => change(one), operation)
    const ids: Readonly<Record<string, string>> = FORMS_OF_GET_TOKEN
    return { ...changed, operationId: ids[operation.operationId] ?? operation.operationId }
  })

/** What only a person sees of the pages, beside what the reader finds. */
export const furtherFindings: readonly Finding[] = [
  {
    rule: 'constraint-elsewhere',
    severity: 'info',
    message:
      'The form of a PIN is left to the Login page, where it has 4 digits. The same is asked for here.',
    source: resetPinPage.source(22),
  },
  {
    rule: 'example-conflict',
    severity: 'warning',
    message:
      'resCode is "TOK200" in the tab and 100 in the block. Either is taken for documented; the one of the block is sent.',
    source: getTokenPage.source(156),
  },
  {
    rule: 'sample-contradicts-type',
    severity: 'warning',
    message:
      'isdCode and mobileNumber are strings in the table and numbers in the samples. Either is accepted.',
    source: getTokenPage.source(139),
  },
  {
    rule: 'sample-contradicts-type',
    severity: 'warning',
    message:
      'The curl writes the date of birth as ddMMyyyy where the table has yyyyMMdd. Only that it is a number is checked.',
    source: getTokenPage.source(122),
  },
  {
    rule: 'undocumented-encryption',
    severity: 'warning',
    message:
      'The page says that the real bodies are encrypted strings, not how. The stand-in speaks plain JSON.',
    source: getTokenPage.source(129),
  },
]
