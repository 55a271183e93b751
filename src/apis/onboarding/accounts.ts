import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto'
import { type Static, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import type { SessionState } from '../../respond/behaviour.js'
import type { Collections, StateReader, StateWriter } from '../../respond/state.js'

/** The collection in which accounts stand, by account number. */
export const ACCOUNTS = 'accounts'

/** The account that the documented sample tokens belong to. */
export const DEMO_ACCOUNT = '100'

/** The PIN of the demo account, and of an account that Get Token comes to know. */
export const FIRST_PIN = '1111'

/**
 * An account as it is stored. The hash is HMAC-SHA256 under the store's key, over a salt of the
 * account's own. The key is what protects: any hash of ten thousand possible PINs alone, however
 * slow, is searched through in minutes.
 */
export const Account = Type.Object({ salt: Type.String({ minLength: 1 }), pinHash: Type.String() })
export type Account = Static<typeof Account>

/** `fixtures/onboarding/state.json`: accounts with their PINs as a person writes them, hashed before they are stored. */
export const SeedFile = Type.Object({
  [ACCOUNTS]: Type.Record(Type.String(), Type.Object({ pin: Type.String() })),
})
export type SeedFile = Static<typeof SeedFile>

/** An account whose PIN this is, under a fresh salt. */
export function sealPin(key: Uint8Array, pin: string): Account {
  // 122 random bits, from a pool: randomBytes would cost more than the hash.
  const salt = randomUUID()
  return { salt, pinHash: hash(key, salt, pin).toString('base64url') }
}

/** Whether it is the account's PIN, in a time that does not depend on how much of it is right. */
export function isPin(key: Uint8Array, account: Account, pin: string): boolean {
  const stored = Buffer.from(account.pinHash, 'base64url')
  const given = hash(key, account.salt, pin)
  return stored.length === given.length && timingSafeEqual(stored, given)
}

/** An account of the state; undefined if there is none, or a person has edited it into something else. */
export function findAccount(state: StateReader, number: string): Account | undefined {
  const document = state.get(ACCOUNTS, number)
  return Value.Check(Account, document) ? document : undefined
}

/** Puts a new PIN to an account; false if there is no such account. */
export function changePin(state: StateWriter, number: string, pin: Account): boolean {
  const document = state.get(ACCOUNTS, number)
  if (document === undefined) return false
  state.put(ACCOUNTS, number, { ...document, ...pin })
  return true
}

/** Puts an account unless it is there already, which a request at the same time may have seen to. */
export function openAccount(state: StateWriter, number: string, account: Account): boolean {
  if (state.get(ACCOUNTS, number) !== undefined) return false
  state.put(ACCOUNTS, number, account)
  return true
}

/** Opens an account with the first PIN unless there is one; whether there was none. */
export async function ensureAccount(
  state: SessionState,
  number: string,
  pinKey: () => Promise<Uint8Array>,
): Promise<boolean> {
  if (findAccount(await state.read(), number)) return false
  const first = sealPin(await pinKey(), FIRST_PIN)
  return state.update((accounts) => openAccount(accounts, number, first))
}

export const seedAccounts = (key: Uint8Array, { accounts }: SeedFile): Collections => ({
  [ACCOUNTS]: Object.fromEntries(
    Object.entries(accounts).map(([number, { pin }]) => [number, sealPin(key, pin)]),
  ),
})

const hash = (key: Uint8Array, salt: string, pin: string): Buffer =>
  createHmac('sha256', key).update(`${salt}\0${pin}`).digest()
