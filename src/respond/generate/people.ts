import type { Random } from './random.js'

const FIRST = [
  'Ada',
  'Alan',
  'Amina',
  'Chen',
  'Diego',
  'Elena',
  'Fatima',
  'Grace',
  'Hiro',
  'Ines',
  'Jonas',
  'Kofi',
  'Leila',
  'Marta',
  'Nadia',
  'Omar',
  'Priya',
  'Ravi',
  'Sofia',
  'Tomas',
] as const
const LAST = [
  'Almeida',
  'Brandt',
  'Costa',
  'Dubois',
  'Eriksen',
  'Fischer',
  'Garcia',
  'Haddad',
  'Ito',
  'Jansen',
  'Kumar',
  'Larsen',
  'Moreau',
  'Novak',
  'Okafor',
  'Petrov',
  'Rossi',
  'Sato',
  'Tanaka',
  'Weber',
] as const

export interface Person {
  readonly first: string
  readonly last: string
  /** Letters and a point. */
  readonly handle: string
  readonly email: string
  readonly phone: string
}

/** Addresses and numbers are those that RFC 2606 and the numbering plans keep free for examples. */
export function personOf(random: Random): Person {
  const first = random.pick(FIRST)
  const last = random.pick(LAST)
  const handle = `${first}.${last}`.toLowerCase()
  return {
    first,
    last,
    handle,
    email: `${handle}@example.com`,
    phone: `+1202555${String(random.integer(100, 199)).padStart(4, '0')}`,
  }
}
