import { type Static, Type } from '@sinclair/typebox'
import { describePage, header, jsonBody, jsonResponse, operation } from '../../operation/build.js'
import { COMPACT_JWE, FOUR_DIGITS } from './patterns.js'

const { at, link, placeholder, source } = describePage('fixtures/onboarding/reset-pin-api.md')

export const ResetPinHeaders = Type.Object({
  'X-API-TOKEN': Type.String({
    description: 'Token that was issued by the login API or the Get Token API',
    pattern: COMPACT_JWE,
    ...at(12),
  }),
  'X-API-KEY': Type.Optional(Type.String({ description: 'MOB-APP-2001', ...at(34) })),
})
export type ResetPinHeaders = Static<typeof ResetPinHeaders>

export const ResetPinBody = Type.Object(
  {
    pin: Type.String({
      description: 'PIN that the user wants from now on. It has the form that the login API asks for',
      pattern: FOUR_DIGITS,
      ...at(22),
    }),
    signInMode: Type.Literal(1, { description: 'How the user signs in. Here it should be 1', ...at(30) }),
  },
  at(7),
)
export type ResetPinBody = Static<typeof ResetPinBody>

export const ResetPinResponse = Type.Object(
  {
    resCode: Type.Literal(200, { description: 'Code of the outcome', ...at(41) }),
    resDesc: Type.Literal('SUCCESS', { description: 'The outcome in a word', ...at(42) }),
    data: Type.Object(
      { msg: Type.String({ description: 'Tells the user what was done', ...at(66) }) },
      { description: 'What the call brings', ...at(65) },
    ),
  },
  at(38),
)
export type ResetPinResponse = Static<typeof ResetPinResponse>

export const resetPin = operation({
  operationId: 'resetPin',
  method: 'POST',
  path: '/onboarding/user/resetPin/v1',
  summary: 'Reset Pin API',
  description: 'Lets a user who no longer knows the PIN choose another one',
  parameters: [
    header('X-API-TOKEN', ResetPinHeaders.properties['X-API-TOKEN'], {
      required: true,
      example:
        'eyJlbmMiOiJBMjU2R0NNIiwiYWxnIjoiZGlyIn0..ZJitdRZXJMeJkxFz.PuV48dCHwNI8gt0u1p7wVo8MiLNgyC5BfCkz7Qvpn2NNzXHEgVsfhd4AAHyCq0-FpMHBd5_kR2yZw-fZ-ZQHIqgT-PUOy4H9w1OBDuw0jWfcRtPnT8BNV1bDO7OvVKBplVksyifTLIYX5zFu4HfmHXygEBvv11sL8WUVHyTH8QgLMHLu2qT7l0UBTGHD8pgcZeZAQFdEXPpkglbRVdOedUda7Am1-NSvPLch5s1vyxRNrlR--8xzlfE5munVeYp8ln6L1A.foUnrZNCjNqEcoA_6u9SOw',
    }),
    header('X-API-KEY', ResetPinHeaders.properties['X-API-KEY'], {
      required: false,
      example: 'MOB-APP-2001',
    }),
  ],
  requestBody: jsonBody(ResetPinBody, ['application/json', 'text/plain']),
  responses: [jsonResponse('200', 'OK', ResetPinResponse), placeholder(50, '401', 'Unauthorized')],
  security: [{ 'X-API-TOKEN': [] }],
  links: [
    link(15, 'login API', 'login-api.md'),
    link(19, 'Get Token API', 'get-token-api.md'),
    link(25, 'login API', 'login-api.md'),
  ],
  source: source(7),
})
