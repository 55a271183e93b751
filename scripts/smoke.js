// Starts the built command line on the Node that runs this, and goes through what a first user does.
// Prints TAP, with the closing count that scripts/totals.js reads.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { isDeepStrictEqual } from 'node:util'

const folder = mkdtempSync(join(tmpdir(), 'standin-smoke-'))
const counts = { total: 0, pass: 0, fail: 0 }

const child = spawn(process.execPath, [resolve('dist/cli/main.js'), '--port', '0', '--log-level', 'warn'], {
  cwd: folder,
  stdio: ['ignore', 'pipe', 'inherit'],
})
const watchdog = setTimeout(() => child.kill('SIGKILL'), 60_000)
try {
  const { url, token } = await firstLines()
  check(true, `the first lines name the address, on Node ${process.version}`)
  const sample = { 'x-api-token': token, 'x-api-key': 'MOB-APP-2001' }
  const replayed = await post(url, '/onboarding/user/resetPin/v1', sample, { pin: '2222', signInMode: 1 })
  const documented = { resCode: 200, resDesc: 'SUCCESS', data: { msg: 'Pin has been reset successfully' } }
  check(isDeepStrictEqual(replayed.body, documented), 'the documented request gets the documented response')

  const account = { referenceId: 'r', sdkPublicKey: 'p', sdkApiKey: 's', accountNumber: 4711 }
  const issued = await post(url, '/token-service/client/server/new/v2/token', sample, account)
  check(typeof issued.body.token === 'string', 'Get Token issues a token')
  const own = { ...sample, 'x-api-token': issued.body.token, 'x-account-number': '4711' }
  const reset = await post(url, '/onboarding/user/resetPin/v1', own, { pin: '2222', signInMode: 1 })
  check(reset.status === 200, 'the PIN is reset')
  const signIn = (pin) =>
    post(url, '/onboarding/user/login/v1', own, {
      keyRef: '',
      pin,
      signInMode: 1,
      token: issued.body.token,
      authType: '1',
      deviceId: 'd',
    })
  const signedIn = await signIn('2222')
  check(signedIn.status === 200 && signedIn.body.data.expiry > Date.now(), 'the new PIN signs in')
  check((await signIn('1111')).status === 401, 'the old PIN does not')
  const page = await fetch(`${url}/docs`)
  check(page.status === 200 && (await page.text()).includes('swagger-ui'), 'the reference page is served')

  const ended = once(child, 'close')
  child.kill('SIGTERM')
  const [code] = await ended
  // Windows knows no signals: there the process is ended, not asked.
  check(process.platform === 'win32' || code === 0, 'it stops when asked to')
} catch (error) {
  child.kill('SIGKILL')
  check(false, `unexpected: ${error instanceof Error ? error.message : String(error)}`)
} finally {
  clearTimeout(watchdog)
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}
process.stdout.write(
  `1..${counts.total}\n# { total: ${counts.total}, pass: ${counts.pass}, fail: ${counts.fail} }\n`,
)
process.exitCode = counts.fail === 0 ? 0 : 1

function check(good, what) {
  counts.total++
  counts[good ? 'pass' : 'fail']++
  process.stdout.write(`${good ? 'ok' : 'not ok'} ${counts.total} - ${what}\n`)
}

async function firstLines() {
  let text = ''
  for await (const chunk of child.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    text += chunk
    const url = / on (http:\S+)/.exec(text)?.[1]
    const token = /X-API-TOKEN: (\S+)'/.exec(text)?.[1]
    if (url !== undefined && token !== undefined) {
      child.stdout.resume()
      return { url, token }
    }
  }
  throw new Error(`the process ended after printing ${JSON.stringify(text)}`)
}

async function post(url, path, headers, body) {
  const reply = await fetch(url + path, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'text/plain' },
    body: JSON.stringify(body),
  })
  return { status: reply.status, body: await reply.json() }
}
