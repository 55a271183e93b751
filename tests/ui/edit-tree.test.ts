import * as fc from 'fast-check'
import t from 'tap'
import { parseExact, stringifyExact } from '../../src/operation/json.js'
import { isMembers, type Path, pointerOf, removeAt, setAt } from '../../src/ui/model/edit-tree.js'

const document = () => parseExact('{"a": {"b": [1.0, {"c": "x"}]}, "n": 14.0, "__proto__": 1}')

void t.test('sets a value at its place and leaves the rest, digits and order too', async (t) => {
  for (const [path, value, text] of [
    [['n'], 'y', '{"a":{"b":[1.0,{"c":"x"}]},"n":"y","__proto__":1}'],
    [['a', 'b', 1, 'c'], null, '{"a":{"b":[1.0,{"c":null}]},"n":14.0,"__proto__":1}'],
    [['a', 'b', 2], true, '{"a":{"b":[1.0,{"c":"x"},true]},"n":14.0,"__proto__":1}'],
    [['new'], [], '{"a":{"b":[1.0,{"c":"x"}]},"n":14.0,"__proto__":1,"new":[]}'],
    [['__proto__'], 2, '{"a":{"b":[1.0,{"c":"x"}]},"n":14.0,"__proto__":2}'],
    [[], 'whole', '"whole"'],
  ] as const) {
    const before = document()
    t.equal(stringifyExact(setAt(before, path, value)), text, pointerOf(path))
    t.equal(stringifyExact(before), stringifyExact(document()), 'the old one is as it was')
  }
})

void t.test('removes what is at a place', async (t) => {
  for (const [path, text] of [
    [['n'], '{"a":{"b":[1.0,{"c":"x"}]},"__proto__":1}'],
    [['a', 'b', 0], '{"a":{"b":[{"c":"x"}]},"n":14.0,"__proto__":1}'],
    [['a', 'b', 1, 'c'], '{"a":{"b":[1.0,{}]},"n":14.0,"__proto__":1}'],
    [['__proto__'], '{"a":{"b":[1.0,{"c":"x"}]},"n":14.0}'],
  ] as const) {
    t.equal(stringifyExact(removeAt(document(), path)), text, pointerOf(path))
  }
})

void t.test('says where there is no such place', async (t) => {
  for (const path of [
    ['n', 'deeper'],
    ['a', 'b', 7],
    ['a', 'b', -1],
    ['a', 'b', 'x'],
  ] as const) {
    t.throws(() => setAt(document(), path, 1), RangeError, pointerOf(path))
    t.throws(() => removeAt(document(), path), RangeError, pointerOf(path))
  }
  t.throws(() => removeAt(document(), []), RangeError)
})

const at = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, step) =>
      isMembers(value) || Array.isArray(value)
        ? Object.entries(value).find(([key]) => key === String(step))?.[1]
        : undefined,
    value,
  )

void t.test('what was set is there, in any value', async () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })),
      fc.string(),
      fc.jsonValue(),
      (root, name, value) => {
        const changed = setAt(root, [name], value)
        const entries = isMembers(changed) ? Object.keys(changed).length : 0
        const expected = Object.keys(root).length + (Object.hasOwn(root, name) ? 0 : 1)
        return JSON.stringify(at(changed, [name])) === JSON.stringify(value) && entries === expected
      },
    ),
    { seed: 7 },
  )
})

void t.test('pointers', async (t) => {
  t.equal(pointerOf(['a/b', 0, 'c~d']), '/a~1b/0/c~0d')
})
