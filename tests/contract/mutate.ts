import * as fc from 'fast-check'
import { isObject } from '../../src/operation/json-object.js'

/** Values that are each wrong for most schemas, and right for some. */
const ODD: readonly unknown[] = [
  null,
  true,
  false,
  0,
  1,
  2,
  30,
  200,
  -7,
  1.5,
  14.5,
  '',
  'A',
  'B',
  'SUCCESS',
  '1',
  '200',
  'true',
  '1234',
  'abcde',
  'ab',
  'x',
  'a+b',
  '2024-01-31',
  '2024-1-3',
  '2024-02-31',
  '2024-01-31T10:20:30.123Z',
  '2024-01-31 10:20',
  '0b54e3f8-9c1d-4e0a-8f67-5d2f3f0b7a11',
  '😀',
  'a\nb',
  '٣٣٣٣',
  [],
  {},
  [1],
  ['A'],
  [null],
  { a: 1 },
  { extra: null },
  [[]],
  [{}],
]

const odd = fc.constantFrom(...ODD)

/** One change somewhere in a document: a value replaced, a member dropped or added, an item more or less. */
export const mutate = (value: unknown): fc.Arbitrary<unknown> => {
  const own: fc.Arbitrary<unknown>[] = [odd]
  if (Array.isArray(value)) {
    own.push(
      fc.constant([...value, ...value] as unknown[]),
      odd.map((item) => [...(value as unknown[]), item]),
      fc.constant(value.slice(1)),
      ...value.map((item, at) => mutate(item).map((changed) => value.with(at, changed) as unknown)),
    )
  } else if (isObject(value)) {
    const names = Object.keys(value)
    own.push(odd.map((added) => ({ ...value, extra: added })))
    for (const name of names) {
      own.push(
        fc.constant(Object.fromEntries(Object.entries(value).filter(([other]) => other !== name))),
        mutate(value[name]).map((changed) => ({ ...value, [name]: changed })),
        mutate(value[name]).map((changed) => ({ ...value, [name]: changed })),
      )
    }
    for (const name of ['a', 'b', 'id', 'resCode'])
      if (!names.includes(name)) own.push(odd.map((added) => ({ ...value, [name]: added })))
  }
  return fc.oneof(...own)
}
