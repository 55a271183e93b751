import t from 'tap'
import { createLogger, prettyDestination } from '../../src/cli/logger.js'
import { isSecretName, redactUrl } from '../../src/operation/secrets.js'

const TOKEN = 'eyJlbmMiOiJBMjU2R0NNIiwiYWxnIjoiZGlyIn0..aXY.Y2lwaGVy.dGFn'

void t.test('isSecretName', async (t) => {
  const secret = [
    'pin',
    'PIN',
    'newPin',
    'old_pin',
    'user[pin]',
    'X-API-TOKEN',
    'accesstoken',
    'refreshToken',
    'Authorization',
  ]
  secret.push(
    'Proxy-Authorization',
    'Set-Cookie',
    'cookie',
    'X-API-KEY',
    'apiKey',
    'api_key',
    'clientSecret',
    'JSESSIONID',
    'sdkApiKey',
  )
  const open = [
    'shipping',
    'spinner',
    'opinion',
    'pinned',
    'key',
    'apiVersion',
    'url',
    'keyboard',
    'tokenizer',
    'status',
  ]
  for (const name of secret) t.ok(isSecretName(name), name)
  for (const name of open) t.notOk(isSecretName(name), name)
})

void t.test('redactUrl', async (t) => {
  const cases: [string, string][] = [
    ['/a?b=c&b=d#e', '/a?b=c&b=d#e'],
    ['/a', '/a'],
    ['/a?', '/a?'],
    ['/a?pin=1111&b=%20x', '/a?pin=[redacted]&b=%20x'],
    ['/a?b=1&newPin=1111', '/a?b=1&newPin=[redacted]'],
    ['/a?%70in=1111', '/a?%70in=[redacted]'],
    ['/a?user%5Bpin%5D=1111', '/a?user%5Bpin%5D=[redacted]'],
    ['/a?pin=%E0%A4%A', '/a?pin=[redacted]'],
    ['/a?%E0%A4%A=1', '/a?%E0%A4%A=1'],
    ['/a?pin', '/a?pin'],
    ['/a?f=%7B%22pin%22%3A%221111%22%7D', '/a?f=[redacted]'],
    ['/a?f=%7B%22size%22%3A1%7D', '/a?f=%7B%22size%22%3A1%7D'],
    [`/a/${TOKEN}/b`, '/a/[redacted]/b'],
    [`/a?q=${TOKEN}`, '/a?q=[redacted]'],
    ['/a?b=c?pin=1', '/a?b=[redacted]'],
  ]
  for (const [url, expected] of cases) t.equal(redactUrl(url), expected, url)
})

void t.test('nothing secret is logged, wherever it stands', async (t) => {
  const lines: string[] = []
  const logger = createLogger('trace', { write: (line) => lines.push(line) })
  const circular: Record<string, unknown> = { pin: '7391' }
  circular['self'] = circular
  const failure = Object.assign(new Error(`refused ${TOKEN}`), { pin: '7391' })
  logger.info(
    { headers: { 'X-API-TOKEN': TOKEN, cookie: 'JSESSIONID=7391', 'set-cookie': ['a=7391'] } },
    'headers',
  )
  logger.info({ body: { user: [{ newPin: '7391' }] }, pin: 7391 }, 'body')
  logger.info({ url: '/reset?pin=7391' }, 'url')
  logger.info({ req: { method: 'GET', url: '/reset?pin=7391', headers: { pin: '7391' } } }, 'req')
  logger.info({ circular }, 'circular')
  logger.error({ err: failure }, 'error')
  logger.error(failure)
  logger.info(`token ${TOKEN} seen`)
  logger.child({ token: TOKEN, pin: '7391' }).info('child')
  const text = lines.join('')
  t.equal(lines.length, 9)
  t.notMatch(text, /7391/)
  t.notMatch(text, /eyJ/)
  t.match(text, /"url":"\/reset\?pin=\[redacted\]"/)
  t.match(text, /token \[redacted\] seen/)
})

void t.test('a request is one JSON line, or one line for people', async (t) => {
  const lines: string[] = []
  const record = {
    method: 'POST',
    url: '/a?pin=1',
    status: 200,
    ms: 1.2,
    operationId: 'fill',
    reason: 'documented',
  }
  createLogger('info', { write: (line) => lines.push(line) }).info(record, 'answered')
  const { time, ...rest } = JSON.parse(lines[0] ?? '')
  t.match(time, /^\d{4}-\d\d-\d\dT/)
  t.strictSame(rest, { ...record, url: '/a?pin=[redacted]', level: 'info', msg: 'answered' })

  const pretty: string[] = []
  const logger = createLogger('info', await prettyDestination(false, (text) => pretty.push(text)))
  logger.info(record, 'answered')
  logger.warn({ reason: 'disk full' }, 'Not saved')
  logger.debug('not shown')
  t.equal(pretty.length, 2)
  t.match(
    pretty[0],
    /^\[\d\d:\d\d:\d\d\] INFO: POST \/a\?pin=\[redacted\] 200 1\.2 ms fill \(documented\)\n$/,
  )
  t.match(pretty[1], /WARN: Not saved \(disk full\)\n$/)
  await prettyDestination(true, (text) => pretty.push(text)).then((to) =>
    createLogger('info', to).info(record, 'answered'),
  )
  t.ok(pretty[2]?.includes('\u001B['))
})
