import { CompactEncrypt, EncryptJWT, SignJWT } from 'jose'
import t from 'tap'
import { createTokens, TOKEN_LIFETIME, type TokenOptions } from '../../../src/apis/onboarding/tokens.js'
import { secretOf } from './helper.js'

const key = secretOf('token')
const clock = { now: Date.UTC(2030, 0, 1) + 250 }
const tokensWith = (options: Partial<TokenOptions> = {}) =>
  createTokens({
    key: async () => key,
    now: () => clock.now,
    documented: new Map([['a..b.c.d', '100']]),
    fallbackAccount: undefined,
    ...options,
  })
const encrypt = (header: { alg: string; enc: string }, secret: Uint8Array, subject = '200') =>
  new EncryptJWT()
    .setProtectedHeader(header)
    .setSubject(subject)
    .setExpirationTime(Math.floor(clock.now / 1000) + 60)
    .encrypt(secret)
const text = (value: string) => new TextEncoder().encode(value)
const ours = { alg: 'dir', enc: 'A256GCM' }

await t.test('an issued token is accepted, by others with the same key too, until it expires', async (t) => {
  const tokens = tokensWith()
  const { token, expiresAt } = await tokens.issue('12345678901234567890')
  t.match(
    token,
    /^eyJlbmMiOiJBMjU2R0NNIiwiYWxnIjoiZGlyIn0\.\.[\w-]{16}\.[\w-]+\.[\w-]{22}$/,
    'as the docs show one',
  )
  t.equal(expiresAt, Math.floor(clock.now / 1000) * 1000 + TOKEN_LIFETIME)
  const other = tokensWith()
  const account = '12345678901234567890'
  t.strictSame(tokens.verify(token), { account }, 'at once where it was issued')
  t.ok(other.verify(token) instanceof Promise)
  t.strictSame(await other.verify(token), { account })
  t.strictSame(other.verify(token), { account }, 'at once the second time')

  const { now } = clock
  t.teardown(() => (clock.now = now))
  clock.now = expiresAt - 1
  t.strictSame(other.verify(token), { account })
  clock.now = expiresAt
  for (const each of [tokens, other, tokensWith()]) {
    t.strictSame(await each.verify(token), { refusal: 'The token has expired' })
    t.strictSame(await each.verify(token), { refusal: 'The token has expired' }, 'and again')
  }
})

await t.test('two tokens of one moment differ', async (t) => {
  const tokens = tokensWith()
  t.not((await tokens.issue('1')).token, (await tokens.issue('1')).token)
})

await t.test('a documented token belongs to its account and never expires', async (t) => {
  const { now } = clock
  t.teardown(() => (clock.now = now))
  clock.now = Date.UTC(2100, 0, 1)
  t.strictSame(tokensWith().verify('a..b.c.d'), { account: '100' })
})

await t.test('forged tokens are refused', async (t) => {
  const { token } = await tokensWith().issue('200')
  const parts = token.split('.')
  const flip = (part: number) =>
    parts
      .map((text, index) => (index === part ? `${text[0] === 'A' ? 'B' : 'A'}${text.slice(1)}` : text))
      .join('.')
  const headerOf = (header: object) =>
    [Buffer.from(JSON.stringify(header)).toString('base64url'), ...parts.slice(1)].join('.')
  const forged: Record<string, string> = {
    'the header changed': flip(0),
    'the initialisation vector changed': flip(2),
    'the ciphertext changed': flip(3),
    'the tag changed': flip(4),
    'the tag cut short': token.slice(0, -8),
    'an encrypted key put in': [parts[0], 'AAAA', ...parts.slice(2)].join('.'),
    'another key': await encrypt(ours, secretOf('other')),
    'another content encryption': await encrypt({ alg: 'dir', enc: 'A128CBC-HS256' }, key),
    'a wrapped key': await encrypt({ alg: 'A256KW', enc: 'A256GCM' }, key),
    'a key derived from a password': await encrypt({ alg: 'PBES2-HS256+A128KW', enc: 'A256GCM' }, key),
    'alg none': headerOf({ alg: 'none', enc: 'A256GCM' }),
    'another alg than it was made with': headerOf({ alg: 'A256KW', enc: 'A256GCM' }),
    'an unknown critical header': headerOf({ ...ours, crit: ['x'], x: 1 }),
    'signed, not encrypted': await new SignJWT({ sub: '200' }).setProtectedHeader({ alg: 'HS256' }).sign(key),
    'no claims': await new CompactEncrypt(text('not claims')).setProtectedHeader(ours).encrypt(key),
    'no expiry': await new EncryptJWT().setProtectedHeader(ours).setSubject('200').encrypt(key),
    'no account': await new EncryptJWT().setProtectedHeader(ours).setExpirationTime(9e9).encrypt(key),
    'an account that is no text': await new CompactEncrypt(text('{"sub":200,"exp":9000000000}'))
      .setProtectedHeader(ours)
      .encrypt(key),
    'a token of another form': 'abc',
    nothing: '',
  }
  for (const [title, token] of Object.entries(forged)) {
    const tokens = tokensWith()
    t.match(await tokens.verify(token), { refusal: /^The token / }, title)
    t.match(await tokens.verify(token), { refusal: /^The token / }, `${title}, again`)
    const lenient = tokensWith({ fallbackAccount: '100' })
    t.match(
      await lenient.verify(token),
      token === '' ? { refusal: String } : { account: '100' },
      `${title}, any token`,
    )
  }
  const lenient = tokensWith({ fallbackAccount: '100' })
  t.strictSame(
    await lenient.verify(token),
    { account: '200' },
    'one of ours keeps its account where any is accepted',
  )
})

await t.test('a key that cannot be had is no refusal', async (t) => {
  const { token } = await tokensWith().issue('200')
  const broken = tokensWith({ key: async () => Promise.reject(new Error('disk gone')) })
  await t.rejects(Promise.resolve(broken.verify(token)), { message: 'disk gone' })
})

await t.test('what is remembered has a bound', async (t) => {
  const asked: number[] = []
  const tokens = tokensWith({
    key: async () => {
      asked.push(1)
      return key
    },
    cacheSize: 2,
  })
  const [first, second, third] = [await tokens.issue('1'), await tokens.issue('2'), await tokens.issue('3')]
  const before = asked.length
  t.strictSame(
    [tokens.verify(second.token), tokens.verify(third.token)],
    [{ account: '2' }, { account: '3' }],
  )
  t.equal(asked.length, before, 'the last two are known')
  t.strictSame(await tokens.verify(first.token), { account: '1' })
  t.equal(asked.length, before + 1, 'the first was decrypted again')
})
