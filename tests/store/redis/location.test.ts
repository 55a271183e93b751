import * as fc from 'fast-check'
import t from 'tap'
import { errors } from '../../../src/errors.js'
import { openStore } from '../../../src/store/open.js'
import { isRedis, redisLocation } from '../../../src/store/redis/location.js'
import { failure, seedOf } from '../helper.js'

const at = (host: string, port = 6379) => ({ host, port })

void t.test('what a URL says', async (t) => {
  for (const [url, addresses, options, more] of [
    ['redis://cache', [at('cache')], { db: 0 }, {}],
    ['redis://cache:7000/3', [at('cache', 7000)], { db: 3 }, {}],
    ['REDIS://10.0.0.1/', [at('10.0.0.1')], { db: 0 }, {}],
    ['redis://[::1]:7000', [at('::1', 7000)], { db: 0 }, {}],
    ['redis://:p%40ss@cache', [at('cache')], { db: 0, password: 'p@ss' }, { shown: 'redis://cache' }],
    [
      'redis://me:a%2Fb%3Ac@cache/1',
      [at('cache')],
      { db: 1, username: 'me', password: 'a/b:c' },
      { shown: 'redis://cache/1' },
    ],
    ['redis://cache?prefix=squad-7', [at('cache')], { db: 0 }, { prefix: 'squad-7' }],
    [
      'redis://me:a,b@a:7000,b,[::1]:7002/?prefix=x',
      [at('a', 7000), at('b'), at('::1', 7002)],
      { db: 0, username: 'me', password: 'a,b' },
      { prefix: 'x', shown: 'redis://a:7000,b,[::1]:7002/?prefix=x' },
    ],
    ['rediss://cache', [at('cache')], { db: 0, tls: {} }, { files: {} }],
    ['rediss://cache?ca=/etc/ca.pem', [at('cache')], { db: 0, tls: {} }, { files: { ca: '/etc/ca.pem' } }],
    ['rediss://cache?cert=c&key=k', [at('cache')], { db: 0, tls: {} }, { files: { cert: 'c', key: 'k' } }],
    ['rediss://cache?insecure', [at('cache')], { db: 0, tls: { rejectUnauthorized: false } }, {}],
    ['rediss://cache?insecure=false', [at('cache')], { db: 0, tls: {} }, {}],
  ] as const) {
    t.ok(isRedis(url))
    const location = redisLocation(url)
    t.strictSame(location.addresses, addresses, url)
    t.strictSame(location.options, options, url)
    t.match(location, { prefix: 'standin', ...more }, url)
  }
})

void t.test('what no place for a store is, and why', async (t) => {
  for (const [location, why] of [
    ['redis:cache', 'begins with redis://'],
    ['redis://', 'names no host'],
    ['redis:///1', 'names no host'],
    ['redis://me:pa/ss@cache', 'percent-encoded'],
    ['redis://me:100%@cache', '%25'],
    ['redis://cache:port', 'is no URL'],
    ['redis://cache/state', 'number of a database'],
    ['redis://cache/0/1', 'number of a database'],
    ['redis://cache#0', 'fragment'],
    ['redis://cache?prefx=a', 'no parameter "prefx"'],
    ['redis://cache?prefix=a&prefix=b', 'more than once'],
    ['redis://cache?prefix=', 'prefix has to be'],
    ['redis://cache?prefix={a}', 'braces'],
    ['rediss://cache?insecure=perhaps', 'true or false'],
    ['redis://cache?insecure', 'rediss:// only'],
    ['redis://cache?ca=/etc/ca.pem', 'rediss:// only'],
    ['rediss://cache?cert=c.pem', 'cert and key go together'],
    ['redis://a:7000,', '"" is no HOST'],
    ['redis://a,b:port', '"b:port" is no HOST'],
    ['redis://,a', 'names no host'],
  ] as const) {
    t.throws(
      () => redisLocation(location),
      { code: 'STANDIN_ERR_STORE_LOCATION', message: new RegExp(why.replaceAll(/[/?{}.%]/g, '\\$&')) },
      location,
    )
  }
  const other = await failure(openStore({ location: 'mongodb://me:secret@host', seed: seedOf({}) }))
  t.match(other, {
    code: 'STANDIN_ERR_STORE_LOCATION',
    message: /mongodb:\/\/host: there is no store of this kind/,
  })
})

/** So that it can be told from everything else that is shown. */
const secret = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).map((text) => `«${text}»`)

void t.test('user and password are read whole, and never shown', async () => {
  fc.assert(
    fc.property(secret, secret, fc.webPath(), (username, password, path) => {
      const credentials = `${encodeURIComponent(username)}:${encodeURIComponent(password)}`
      const { options, shown } = redisLocation(`redis://${credentials}@cache/2`)
      return (
        options.username === username &&
        options.password === password &&
        shown === 'redis://cache/2' &&
        !told(`redis://${credentials}@cache${path}`).includes(encodeURIComponent(password))
      )
    }),
    { seed: 7 },
  )
})

void t.test('a password that nobody encoded is not shown either', async () => {
  fc.assert(
    fc.property(secret, (password) => !told(`redis://me:${password}@cache/x`).includes(password)),
    { seed: 7 },
  )
})

/** What is shown of a place, whether or not it is one. */
function told(location: string): string {
  try {
    return redisLocation(location).shown
  } catch (error) {
    if (error instanceof errors.STANDIN_ERR_STORE_LOCATION) return error.message
    throw error
  }
}
