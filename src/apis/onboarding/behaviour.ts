import { Value } from '@sinclair/typebox/value'
import { sourceOf } from '../../operation/build.js'
import { isObject } from '../../operation/json-object.js'
import type { Operation } from '../../operation/operation.js'
import type { BehaviourContext, BehaviourReply, Behaviours } from '../../respond/behaviour.js'
import { PROBLEM_JSON, problemDocument } from '../../respond/problem.js'
import { summarize, type Violation } from '../../respond/violation.js'
import type { ApiServices } from '../api-module.js'
import { changePin, DEMO_ACCOUNT, ensureAccount, findAccount, isPin, sealPin } from './accounts.js'
import { accountNumberOf } from './account-number.js'
import { GetTokenBody } from './get-token.js'
import { LoginBody } from './login.js'
import { ResetPinBody } from './reset-pin.js'
import { createTokens, type IssuedToken, type Tokens, type Verdict } from './tokens.js'

interface Means {
  readonly tokens: Tokens
  readonly pinKey: () => Promise<Uint8Array>
}

/**
 * What the three operations do. Requests come checked; asserting their bodies again only tells the compiler.
 * @param documented the tokens that the docs show, with their accounts
 */
export function behaviours(services: ApiServices, documented: ReadonlyMap<string, string>): Behaviours {
  const means: Means = {
    tokens: createTokens({
      key: once(() => services.secret('token')),
      now: services.now,
      documented,
      fallbackAccount: services.anyToken ? DEMO_ACCOUNT : undefined,
    }),
    pinKey: once(() => services.secret('pin')),
  }
  const getToken = (context: BehaviourContext) => issueToken(means, context)
  return {
    resetPin: (context) => resetPin(means, context),
    login: (context) => signIn(means, context),
    getToken,
    getTokenByPost: getToken,
    getTokenWithoutV2: getToken,
    getTokenWithoutV2ByPost: getToken,
  }
}

async function resetPin({ tokens, pinKey }: Means, context: BehaviourContext): Promise<BehaviourReply> {
  const { request, state } = context
  const body: unknown = request.body
  Value.Assert(ResetPinBody, body)
  const owner = tokens.verify(request.header('x-api-token') ?? '')
  const verdict = owner instanceof Promise ? await owner : owner
  if ('refusal' in verdict) return unauthorized(`X-API-TOKEN: ${verdict.refusal}`)
  const { account } = verdict
  const pin = sealPin(await pinKey(), body.pin)
  const changed = await state.update((accounts) => changePin(accounts, account, pin))
  return changed
    ? { status: '200', reason: `The PIN of account ${account} was changed` }
    : unauthorized(`X-API-TOKEN: ${unknownAccount(account)}`)
}

async function signIn({ tokens, pinKey }: Means, context: BehaviourContext): Promise<BehaviourReply> {
  const { request, state } = context
  const body: unknown = request.body
  Value.Assert(LoginBody, body)
  const account = request.header('x-account-number') ?? ''
  for (const [name, token] of [
    ['X-API-TOKEN', request.header('x-api-token') ?? ''],
    ['token', body.token],
  ] as const) {
    const refusal = refusalOf(await tokens.verify(token), account)
    if (refusal !== undefined) return unauthorized(`${name}: ${refusal}`)
  }
  const found = findAccount(await state.read(), account)
  if (!found) return unauthorized(unknownAccount(account))
  if (body.signInMode === 1 && !isPin(await pinKey(), found, body.pin)) {
    return unauthorized(`The PIN is not that of account ${account}`)
  }
  return {
    status: '200',
    body: signedIn(context.example('200'), await tokens.issue(account)),
    reason:
      body.signInMode === 1
        ? `The PIN is that of account ${account}`
        : `Account ${account} signed in by device; a stand-in cannot decrypt a device id, so any is accepted`,
  }
}

async function issueToken({ tokens, pinKey }: Means, context: BehaviourContext): Promise<BehaviourReply> {
  const { request, state } = context
  const body: unknown = request.body
  Value.Assert(GetTokenBody, body)
  const { accountNumber, referenceId } = body
  const account = accountNumberOf(request.digits('/accountNumber') ?? String(accountNumber))
  if (account === undefined) return notAnAccountNumber(context.operation)
  const opened = await ensureAccount(state, account, pinKey)
  const { token, expiresAt } = await tokens.issue(account)
  return {
    status: '200',
    body: withMembers(context.example('200'), { referenceId, token, expireAt: expiresAt }),
    reason: opened
      ? `Account ${account} is new and was given the PIN of the docs' samples; it got a token`
      : `Account ${account} got a token`,
  }
}

const signedIn = (example: unknown, { token, expiresAt }: IssuedToken): unknown =>
  withMembers(example, {
    data: withMembers(isObject(example) ? example['data'] : undefined, { token, expiry: expiresAt }),
  })

const refusalOf = (verdict: Verdict, account: string): string | undefined => {
  if ('refusal' in verdict) return verdict.refusal
  return verdict.account === account ? undefined : 'The token belongs to another account'
}

const unauthorized = (reason: string): BehaviourReply => ({ status: '401', reason })

/** The schema holds the number as JavaScript does, about 16 digits of it; the last ones are checked here. */
function notAnAccountNumber(operation: Operation): BehaviourReply {
  const { accountNumber } = GetTokenBody.properties
  const violation: Violation = {
    in: 'body',
    pointer: '/accountNumber',
    keyword: 'maximum',
    message: 'must be a whole number of 19 digits at most',
    ...(accountNumber.description !== undefined && { docs: accountNumber.description }),
    source: sourceOf(accountNumber),
  }
  const violations = [violation]
  const reason = summarize(violations)
  return {
    status: '422',
    headers: { 'content-type': PROBLEM_JSON },
    body: problemDocument('request-breaks-description', { detail: reason, operation, violations }),
    reason,
  }
}

const unknownAccount = (account: string): string =>
  `Account ${account} is not known; Get Token makes it known`

/** An example with some members replaced. One that was edited into something else than an object is sent as it is. */
const withMembers = (example: unknown, members: Readonly<Record<string, unknown>>): unknown =>
  example === undefined || isObject(example) ? { ...example, ...members } : example

/** Asks once, and again only if that failed. */
function once<Value>(ask: () => Promise<Value>): () => Promise<Value> {
  let answer: Promise<Value> | undefined
  return () =>
    (answer ??= ask().catch((error: unknown) => {
      answer = undefined
      throw error
    }))
}
