import type { StateContext, StateHandlers, StateParams, StateValues } from '../contract/verify.js'

/** The account that the page of Login shows, with its PIN. */
const SHOWN = { account: 100, pin: '1111' }
const KEY = 'MOB-APP-2001'

/**
 * Provider states of the onboarding API, for `standin verify --states standin/states/onboarding`. They
 * ask the API itself for what they need, so that they hold for a stand-in and for the real provider alike.
 */
const handlers: StateHandlers = {
  'valid credentials': async ({ operationId }: StateParams, context: StateContext): Promise<StateValues> => {
    const login = operationId === 'login'
    // Resetting a PIN must not change the one that Login signs in with, so it gets an account of its own.
    const account = login ? SHOWN.account : 1_000_000 + Math.floor(Math.random() * 1_000_000)
    const token = await newToken(context, account)
    if (login) await resetPin(context, token, SHOWN.pin)
    return { 'X-API-TOKEN': token, 'X-API-KEY': KEY, token }
  },
}
export default handlers

async function newToken(context: StateContext, accountNumber: number): Promise<string> {
  const reply = await post(context, '/token-service/client/server/new/v2/token', {
    referenceId: 'standin-verify',
    sdkPublicKey: 'standin-verify',
    sdkApiKey: 'standin-verify',
    accountNumber,
  })
  if (typeof reply === 'object' && reply !== null && 'token' in reply && typeof reply.token === 'string')
    return reply.token
  throw new Error('the Get Token API answered without a token')
}

const resetPin = (context: StateContext, token: string, pin: string): Promise<unknown> =>
  post(context, '/onboarding/user/resetPin/v1', { pin, signInMode: 1 }, { 'X-API-TOKEN': token })

async function post(
  { providerBaseUrl }: StateContext,
  path: string,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  const reply = await fetch(providerBaseUrl + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': KEY, ...headers },
    body: JSON.stringify(body),
  })
  if (!reply.ok) throw new Error(`${path} answered ${reply.status}: ${(await reply.text()).slice(0, 200)}`)
  return reply.json()
}
