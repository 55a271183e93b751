import type { Test } from 'tap'
import { LosslessNumber } from '../../src/operation/json.js'
import type { Seed, Store } from '../../src/store/store.js'
import { demo, failure, parseObject, put, seedOf } from './helper.js'

/** One way to keep state, which the same tests are run against. */
export interface Engine {
  readonly name: string
  /** Whether what was promised is there when the store is opened again. */
  readonly durable: boolean
  /** Where a test of its own keeps its state. Resolves with how to open it, each time it is asked. */
  readonly place: (t: Test) => Promise<(seed: Seed, onMessage?: (message: string) => void) => Promise<Store>>
}

/** What every store does, whatever it keeps state in. */
export function testStore(t: Test, { name: engine, durable, place }: Engine): void {
  const setUp = async (
    t: Test,
    seed = seedOf(demo),
  ): Promise<{ store: Store; reopen: () => Promise<Store> }> => {
    // Before the place is made, since that is removed in the same order.
    t.teardown(() => store.close())
    const open = await place(t)
    let store = await open(seed)
    return {
      store,
      async reopen() {
        await store.close()
        return (store = await open(seed))
      },
    }
  }

  void t.test(`${engine}: a session starts from the seed`, async (t) => {
    const { store } = await setUp(t)
    for (const session of ['', 'one']) {
      const state = await store.read(session)
      t.same(state.get('accounts', '100'), demo['accounts']?.['100'])
      t.same([...state.list('accounts').keys()], ['100', '200'])
      t.equal(state.get('accounts', '300'), undefined)
      t.equal(state.get('cards', '100'), undefined)
      t.equal(state.list('cards').size, 0)
    }
    t.same(await store.sessions(), [])
  })

  void t.test(`${engine}: a change is seen by itself, then by all, and its result comes back`, async (t) => {
    const { store } = await setUp(t)
    const result = await store.update('', (state) => {
      state.put('accounts', '100', { name: 'Ada', pin: '3333' })
      state.delete('accounts', '200')
      state.delete('accounts', '999')
      state.put('cards', 'c1', {})
      return [state.get('accounts', '100')?.['pin'], state.get('accounts', '200'), state.list('cards').size]
    })
    t.same(result, ['3333', undefined, 1])
    const state = await store.read('')
    t.equal(state.get('accounts', '100')?.['pin'], '3333')
    t.same([...state.list('accounts').keys()], ['100'])
  })

  void t.test(`${engine}: a change that throws leaves nothing`, async (t) => {
    const { store } = await setUp(t)
    await t.rejects(
      store.update('', (state) => {
        state.put('accounts', '100', { pin: 'lost' })
        throw new Error('no')
      }),
      { message: 'no' },
    )
    t.equal((await store.read('')).get('accounts', '100')?.['pin'], '1111')
  })

  void t.test(`${engine}: a change must be synchronous`, async (t) => {
    const { store } = await setUp(t)
    let late: (() => void) | undefined
    await t.rejects(
      store.update('', async (state) => {
        state.put('accounts', '100', { pin: 'lost' })
        late = () => state.put('accounts', '100', {})
      }),
      TypeError,
    )
    t.throws(() => late?.(), TypeError)
    t.equal((await store.read('')).get('accounts', '100')?.['pin'], '1111')
  })

  void t.test(`${engine}: documents are copies that nobody can change`, async (t) => {
    const { store } = await setUp(t)
    const mine = { tags: ['a'] }
    await put(store, '1', mine)
    mine.tags.push('b')
    const stored = (await store.read('')).get('accounts', '1')
    t.same(stored, { tags: ['a'] })
    t.ok(Object.isFrozen(stored) && Object.isFrozen(stored?.['tags']))
  })

  void t.test(`${engine}: what has no JSON form is refused where it stands`, async (t) => {
    const { store } = await setUp(t)
    for (const value of [Number.NaN, Symbol('x'), () => 1]) {
      await t.rejects(put(store, '1', { deep: [value] }), { name: 'TypeError', message: /"\/deep\/0"/ })
    }
  })

  void t.test(`${engine}: values are the same before and after a restart`, async (t) => {
    const { store, reopen } = await setUp(t)
    const value = parseObject(
      '{"__proto__":{"x":1},"constructor":2,"é\\u2028\\"":"\\ud83d\\ude00","e":[],"o":{}}',
    )
    await put(store, '1', {
      ...value,
      amount: new LosslessNumber('14.0'),
      plain: new LosslessNumber('14.5'),
      id: 12345678901234567890n,
      gone: undefined,
      zero: -0,
      list: [1, undefined, null],
    })
    await put(store, '__proto__', { id: 'odd' })
    for (const open of durable ? [store, await reopen()] : [store]) {
      if (open === store && durable) continue
      const state = await open.read('')
      const stored = state.get('accounts', '1')
      t.equal(String(stored?.['amount']), '14.0')
      t.ok(stored?.['amount'] instanceof LosslessNumber)
      t.equal(stored?.['plain'], 14.5)
      t.equal(String(stored?.['id']), '12345678901234567890')
      t.ok(Object.is(stored?.['zero'], 0))
      t.same(stored?.['list'], [1, null, null])
      t.notOk(stored && 'gone' in stored)
      t.same(stored?.['e'], [])
      t.equal(stored?.['é\u2028"'], '😀')
      t.same(state.get('accounts', '__proto__'), { id: 'odd' })
    }
  })

  void t.test(`${engine}: sessions do not see each other`, async (t) => {
    const { store } = await setUp(t)
    await Promise.all(
      ['', 'a', 'A', 'con', '../x', 'é'.repeat(300)].map((name) => put(store, '100', { name }, name)),
    )
    for (const name of ['', 'a', 'A', 'con', '../x', 'é'.repeat(300)]) {
      t.equal((await store.read(name)).get('accounts', '100')?.['name'], name)
    }
    t.equal((await store.read('other')).get('accounts', '100')?.['name'], 'Ada')
    t.same((await store.sessions()).length, 5)
  })

  void t.test(`${engine}: reset brings the seed back, as it is now`, async (t) => {
    let pin = '1111'
    const { store } = await setUp(t, async () => ({ accounts: { '100': { pin } } }))
    await Promise.all(['', 'one', 'two'].map((session) => put(store, '100', { pin: 'changed' }, session)))
    pin = '4444'
    await store.reset('')
    await store.reset('one')
    await store.reset('never used')
    t.equal((await store.read('')).get('accounts', '100')?.['pin'], '4444')
    t.equal((await store.read('one')).get('accounts', '100')?.['pin'], '4444')
    t.equal((await store.read('two')).get('accounts', '100')?.['pin'], 'changed')
    t.same(await store.sessions(), ['two'])
    await put(store, '1', {}, 'snapshot:two')
    t.same(await store.sessions(), ['two'], 'one of a kind is not among others')
    t.same(await store.sessions('snapshot'), ['snapshot:two'])
  })

  void t.test(`${engine}: a change and a reset at once keep their order`, async (t) => {
    const { store, reopen } = await setUp(t)
    await Promise.all([put(store, '1', {}), store.reset(''), store.reset('s'), put(store, '9', {}, 's')])
    await put(store, '2', {})
    t.same([...(await store.read('')).list('accounts').keys()], ['2', '100', '200'])
    if (durable) t.same([...(await (await reopen()).read('')).list('accounts').keys()], ['2', '100', '200'])
  })

  void t.test(`${engine}: two hundred changes at once all stand`, async (t) => {
    const { store, reopen } = await setUp(t)
    const increment = (id: string): Promise<number> =>
      store.update('', (state) => {
        const count = Number(state.get('counts', id)?.['count'] ?? 0) + 1
        state.put('counts', id, { count })
        return count
      })
    const seen = await Promise.all(Array.from({ length: 200 }, () => increment('same')))
    await Promise.all(Array.from({ length: 200 }, (_, index) => increment(`own-${index}`)))
    t.same(new Set(seen).size, 200)
    const state = await (durable ? await reopen() : store).read('')
    t.same(state.get('counts', 'same'), { count: 200 })
    t.equal(state.list('counts').size, 201)
  })

  void t.test(`${engine}: a secret is made once`, async (t) => {
    const { store, reopen } = await setUp(t)
    const secrets = await Promise.all(['jwe', 'jwe', 'pin', '__proto__'].map((name) => store.secret(name)))
    const [first, second, other] = secrets.map((secret) => Buffer.from(secret).toString('hex'))
    t.equal(first?.length, 64)
    t.equal(first, second)
    t.not(first, other)
    if (durable) {
      const again = await reopen()
      t.equal(Buffer.from(await again.secret('jwe')).toString('hex'), first)
      t.same(await again.secret('__proto__'), secrets[3])
    }
  })

  void t.test(`${engine}: a closed store says so`, async (t) => {
    const { store } = await setUp(t)
    await store.close()
    await store.close()
    t.equal((await failure(store.read(''))).code, 'STANDIN_ERR_STORE_CLOSED')
    t.equal((await failure(put(store, '1', {}))).code, 'STANDIN_ERR_STORE_CLOSED')
  })
}
