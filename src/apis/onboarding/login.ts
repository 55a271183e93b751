import { type Static, Type } from '@sinclair/typebox'
import { describePage, header, implies, jsonBody, jsonResponse, operation } from '../../operation/build.js'
import { COMPACT_JWE, FOUR_DIGITS } from './patterns.js'

const { at, link, placeholder, source } = describePage('fixtures/onboarding/login-api.md')

export const LoginHeaders = Type.Object({
  'X-ACCOUNT-NUMBER': Type.String({ description: '100', ...at(42) }),
  'X-API-KEY': Type.String({ description: 'MOB-APP-2001', ...at(46) }),
  'X-API-TOKEN': Type.String({ description: 'token', pattern: COMPACT_JWE, ...at(50) }),
})
export type LoginHeaders = Static<typeof LoginHeaders>

export const LoginBody = Type.Object(
  {
    keyRef: Type.String({
      description:
        'Reference of the key pair. It matters for biometric sign-in only and may be empty otherwise',
      ...at(14),
    }),
    pin: Type.String({
      description:
        'With signInMode 1 the PIN, which has 4 digits. With signInMode 2 the device id, encrypted with the public key',
      minLength: 1,
      ...at(18),
    }),
    signInMode: Type.Union([Type.Literal(1, at(23)), Type.Literal(2, at(25))], {
      description: 'signInMode 1 - with the PIN signInMode 2 - with the device',
      ...at(22),
    }),
    token: Type.String({ description: 'Token from the reply of the Get Token API', ...at(28) }),
    authType: Type.String({
      description: 'Kind of authentication. The mobile application sends 1',
      ...at(34),
    }),
    deviceId: Type.String({ description: 'Identifies the device', ...at(38) }),
  },
  {
    ...implies(
      { properties: { signInMode: { const: 1 } } },
      { properties: { pin: { pattern: FOUR_DIGITS, ...at(19) } } },
    ),
    ...at(9),
  },
)
export type LoginBody = Static<typeof LoginBody>

export const LoginResponse = Type.Object(
  {
    resCode: Type.Literal(200, { description: 'Code of the outcome', ...at(57) }),
    resDesc: Type.Literal('SUCCESS', { description: 'The outcome in a word', ...at(58) }),
    data: Type.Object(
      {
        msg: Type.String({ description: 'Tells the user what was done', ...at(85) }),
        token: Type.String({ description: 'Token for the calls that follow', ...at(86) }),
        expiry: Type.Integer({
          description: 'When the token ends, in milliseconds since 1970',
          ...at(87),
        }),
        simDeviceBindingEnabled: Type.Boolean({
          description: 'Whether SIM and device are bound for payments with one tap',
          ...at(88),
        }),
      },
      { description: 'What the call brings', ...at(84) },
    ),
  },
  at(54),
)
export type LoginResponse = Static<typeof LoginResponse>

export const login = operation({
  operationId: 'login',
  method: 'POST',
  path: '/onboarding/user/login/v1',
  summary: 'Login API',
  description: 'Signs a user in. The mobile application has to fetch a new token first, and sends it along',
  parameters: [
    header('X-ACCOUNT-NUMBER', LoginHeaders.properties['X-ACCOUNT-NUMBER'], {
      required: true,
      example: '100',
    }),
    header('X-API-KEY', LoginHeaders.properties['X-API-KEY'], { required: true, example: 'MOB-APP-2001' }),
    header('X-API-TOKEN', LoginHeaders.properties['X-API-TOKEN'], {
      required: true,
      example:
        'eyJlbmMiOiJBMjU2R0NNIiwiYWxnIjoiZGlyIn0..53xm0UMQ8FseHSEH.D7W8R9CFXB7t5jWsi74LFqj6sqMR7Ya2Jr2nbm9en5L-6m4BJiMdXWb1qedgw0PJ5-hiAOhTbvkPxMuPbgMGLz1Au338KOpByB2VvEZETUmy1eaBqQjCHMQPWqFg59rD1EhD5Wk8BMrLh7Ao3IXRIgeybkr0-qwB.u1O5PJedWWZkf2WwIXBinA',
    }),
  ],
  requestBody: jsonBody(LoginBody, ['application/json', 'text/plain']),
  responses: [jsonResponse('200', 'OK', LoginResponse), placeholder(69, '401', 'Unauthorized')],
  security: [{ 'X-API-KEY': [], 'X-API-TOKEN': [] }],
  links: [link(31, 'Get Token API', 'get-token-api.md')],
  source: source(9),
})
