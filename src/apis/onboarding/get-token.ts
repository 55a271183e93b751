import { type Static, Type } from '@sinclair/typebox'
import { describePage, header, jsonBody, jsonResponse, operation } from '../../operation/build.js'
import type { Operation } from '../../operation/operation.js'

const { at, placeholder, source } = describePage('fixtures/onboarding/get-token-api.md')

export const GetTokenHeaders = Type.Object({
  'X-API-KEY': Type.String({ description: 'Value that is agreed with the consumer beforehand', ...at(58) }),
})
export type GetTokenHeaders = Static<typeof GetTokenHeaders>

export const GetTokenBody = Type.Object(
  {
    referenceId: Type.String({
      description: "The client's own reference for this call, such as a UUID. The reply repeats it",
      ...at(14),
    }),
    sdkPublicKey: Type.String({
      description: 'Public key that the SDK gave to the application',
      ...at(18),
    }),
    firstname: Type.Optional(Type.String({ description: "The user's first name", ...at(22) })),
    lastName: Type.Optional(Type.String({ description: "The user's last name", ...at(26) })),
    email: Type.Optional(
      Type.String({ description: "The user's mail address, already verified", ...at(30) }),
    ),
    // The page calls the next two strings and sends numbers; either is as documented.
    isdCode: Type.Optional(
      Type.Union([Type.String(at(34)), Type.Integer(at(139))], {
        description: "Dialling code of the user's country",
        ...at(34),
      }),
    ),
    mobileNumber: Type.Optional(
      Type.Union([Type.String(at(38)), Type.Integer(at(140))], {
        description: "The user's mobile number",
        ...at(38),
      }),
    ),
    data: Type.Optional(
      Type.Record(Type.String(), Type.String(), {
        description: 'Whatever else the partner wants to pass on',
        ...at(42),
      }),
    ),
    sdkApiKey: Type.String({
      description: 'Key that lets requests of the SDK in, handed over when the partner is set up',
      ...at(46),
    }),
    accountNumber: Type.Integer({
      description: 'Number that identifies the user. Max 19 digits',
      minimum: 0,
      // 19 nines, which as a JavaScript number are 10^19.
      maximum: 1e19,
      ...at(50),
    }),
    dob: Type.Optional(Type.Integer({ description: "The user's date of birth(yyyyMMdd)", ...at(54) })),
  },
  at(9),
)
export type GetTokenBody = Static<typeof GetTokenBody>

export const GetTokenResponse = Type.Object(
  {
    resCode: Type.Union([Type.Literal(100, at(70)), Type.Literal('TOK200', at(156))], {
      description: 'Code of the outcome',
      ...at(99),
    }),
    resDesc: Type.Literal('SUCCESS', { description: 'The outcome in a word', ...at(72) }),
    referenceId: Type.String({ description: 'The reference of the request', ...at(101) }),
    serverPubKey: Type.String({ description: 'Public key of the server', ...at(102) }),
    token: Type.String({ description: 'Token for the calls that follow', ...at(103) }),
    expireAt: Type.Integer({
      description: 'When the token ends, in milliseconds since 1970',
      ...at(104),
    }),
  },
  at(66),
)
export type GetTokenResponse = Static<typeof GetTokenResponse>

export const getToken = operation({
  operationId: 'getToken',
  method: 'GET',
  path: '/token-service/client/server/new/v2/token',
  summary: 'Get Token API',
  description: "Asks the server for a user's token.",
  parameters: [
    header('X-API-KEY', GetTokenHeaders.properties['X-API-KEY'], { required: true, example: 'MOB-APP-2001' }),
  ],
  requestBody: jsonBody(GetTokenBody, ['application/json', 'text/plain'], {
    referenceId: 'String',
    sdkPublicKey: 'String',
    firstname: 'String',
    lastName: 'String',
    email: 'String',
    isdCode: 'String',
    mobileNumber: 'String',
    data: 'Map<String,String>',
    sdkApiKey: 'String',
    accountNumber: 'Number',
    dob: 'Number',
  }),
  responses: [jsonResponse('200', 'OK', GetTokenResponse), placeholder(86, '401', 'Unauthorized')],
  security: [{ 'X-API-KEY': [] }],
  source: source(9),
  sources: [source(9), source(109)],
})

/**
 * The page's block names one method and path, its curl another of each. Whoever follows either has
 * to be served, and so is whoever mixes them.
 */
const CURL_PATH = '/token-service/client/server/new/token'
export const getTokenByPost: Operation = { ...getToken, operationId: 'getTokenByPost', method: 'POST' }
export const getTokenWithoutV2: Operation = {
  ...getToken,
  operationId: 'getTokenWithoutV2',
  path: CURL_PATH,
  source: source(109),
}
export const getTokenWithoutV2ByPost: Operation = {
  ...getTokenWithoutV2,
  operationId: 'getTokenWithoutV2ByPost',
  method: 'POST',
}
