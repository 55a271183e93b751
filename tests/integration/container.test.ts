import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DockerfileParser } from 'dockerfile-ast'
import { validate } from 'dockerfile-utils'
import t from 'tap'
import { parse } from 'yaml'
import { connectStandin } from '../../src/testing/index.js'
import { objectOf } from '../serve/helper.js'
import { follow, start } from './dockerfile.js'
import { freePort } from './guide-project.js'

const dockerfile = readFileSync('Dockerfile', 'utf8')

void t.test(
  'the Dockerfile has no fault that a linter knows, and the context has all that it copies',
  async (t) => {
    t.strictSame(validate(dockerfile), [])
    const ignored = readFileSync('.dockerignore', 'utf8').split('\n')
    t.ok(ignored.includes('*'), 'nothing comes into the context by accident')
    for (const copy of DockerfileParser.parse(dockerfile).getCOPYs()) {
      if (copy.getFromFlag()) continue
      for (const path of copy.getArguments().slice(0, -1)) {
        t.ok(existsSync(path.getValue()), path.getValue())
        t.ok(ignored.includes(`!${path.getValue()}`), `${path.getValue()} is in the context`)
      }
    }
    const bases = DockerfileParser.parse(dockerfile)
      .getFROMs()
      .map((from) => from.getImage())
    t.strictSame([...new Set(bases)], ['node:22-slim'], 'the same for both, and of a version')
  },
)

t.setTimeout(600_000)
void t.test('what the Dockerfile says works, as far as it can without a container', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'standin-container-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }))
  const container = follow('Dockerfile', folder)
  t.not(container.user, 'root')
  t.notOk(
    existsSync(container.place('/standin/node_modules/typescript')),
    'nothing that only developers need',
  )
  const port = await freePort()
  const own = { STANDIN_PORT: String(port), STANDIN_STORE: container.place('/data'), STANDIN_HOST: '0.0.0.0' }
  const server = start(container, container.entrypoint, {
    ...own,
    STANDIN_CONTROL_TOKEN: 'of-the-environment',
  })
  const stopped = once(server, 'exit')
  // Before the folder that it writes to is removed.
  t.teardown(async () => {
    server.kill('SIGKILL')
    await stopped
  })
  const [started] = await Promise.race([once(server.stdout ?? server, 'data'), stopped])
  t.match(String(started), /http:/, 'it says where it is')

  const [health] = await once(start(container, container.health, own), 'exit')
  t.equal(health, 0, 'it is healthy')
  const [ill] = await once(start(container, container.health, { ...own, STANDIN_PORT: '1' }), 'exit')
  t.equal(ill, 1, 'what does not answer is not')

  const url = `http://127.0.0.1:${port}`
  t.equal((await fetch(`${url}/_standin/v1`)).status, 401, 'the control API asks for its token')
  const standin = await connectStandin({ url, token: 'of-the-environment' })
  await standin.default.state.patch({ accounts: { 7: { note: 'kept' } } })
  const [page, errors] = await Promise.all([fetch(`${url}/docs`), fetch(`${url}/_standin/errors`)])
  t.strictSame([page.status, errors.status], [200, 200])

  server.kill('SIGTERM')
  const [code] = await stopped
  t.equal(code, 0, 'stops when it is told to')
  t.ok(existsSync(container.place('/data/state.json')), 'and has kept its state in the volume')
})

void t.test('the compose file says what the Dockerfile and the page take', async (t) => {
  const { services, volumes } = objectOf(parse(readFileSync('compose.yaml', 'utf8')))
  const { standin, page } = objectOf(services)
  t.match(standin, {
    build: '.',
    environment: { STANDIN_CONTROL_TOKEN: /^\$\{STANDIN_CONTROL_TOKEN:\?/ },
    volumes: ['state:/data'],
    read_only: true,
    cap_drop: ['ALL'],
  })
  t.match(dockerfile, /^VOLUME \/data$/m)
  t.strictSame(Object.keys(objectOf(volumes)), ['state'])
  for (const service of [standin, page]) {
    const { ports } = objectOf(service)
    t.ok(
      Array.isArray(ports) && ports.every((port) => /^127\.0\.0\.1:(\d+):\1$/.test(String(port))),
      'loopback only',
    )
  }
  const { command, environment, volumes: mounts } = objectOf(page)
  t.strictSame(mounts, ['./examples/forgot-pin:/page:ro'])
  t.strictSame(command, ['node', '/page/serve.mjs'])
  const served = readFileSync('examples/forgot-pin/serve.mjs', 'utf8')
  for (const variable of Object.keys(objectOf(environment))) t.match(served, variable)
  t.match(environment, { API_URL: 'http://localhost:10000' }, 'what the browser, not the container, reaches')
})

void t.test('docker itself takes the compose file', { skip: withoutCompose() }, async (t) => {
  const checked = spawnSync('docker', ['compose', 'config', '--quiet'], {
    encoding: 'utf8',
    env: { ...process.env, STANDIN_CONTROL_TOKEN: 'any' },
  })
  t.equal(checked.stderr, '')
  t.equal(checked.status, 0)
})

function withoutCompose(): string | false {
  const { status } = spawnSync('docker', ['compose', 'version'], { stdio: 'ignore' })
  return status === 0 ? false : 'there is no docker compose here'
}
