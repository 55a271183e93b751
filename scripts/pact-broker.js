// A real Pact Broker on loopback for tests and for trying things out:
//
//   node scripts/pact-broker.js --install   installs the gems, if they are not there yet
//   node scripts/pact-broker.js --check     exits 0 if they are there
//   node scripts/pact-broker.js             serves until SIGINT or SIGTERM; prints its address and credentials as JSON
//
// The gems are kept in PACT_BROKER_GEMS, else in a folder of the user's cache, so that a second
// install takes a second. Its data is in a folder that is deleted at the end.
import { spawn, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('broker/', import.meta.url))
const caches = process.env.XDG_CACHE_HOME || join(homedir(), '.cache')
const home = process.env.PACT_BROKER_GEMS || join(caches, 'standin-pact-broker')
const NEEDS = 'Ruby 3.1 or newer with its headers, bundler, a C compiler, make and the headers of SQLite'
const ON_DEBIAN = 'apt-get install ruby ruby-dev bundler build-essential libsqlite3-dev libyaml-dev'

// Bundler writes its lock file, which names a registry, beside the Gemfile: not into the repository.
const gemfile = join(home, 'Gemfile')
const env = {
  ...process.env,
  BUNDLE_GEMFILE: gemfile,
  BUNDLE_PATH: join(home, 'gems'),
  BUNDLE_APP_CONFIG: join(home, 'config'),
}
const bundle = (...args) => spawnSync('bundle', args, { env, encoding: 'utf8' })

const [flag] = process.argv.slice(2)
if (flag === '--check') process.exit(isInstalled() ? 0 : 1)
else if (flag === '--install') install()
else serve()

function isInstalled() {
  const current = existsSync(gemfile) && readFileSync(gemfile, 'utf8') === wanted()
  return current && bundle('check').status === 0
}

function wanted() {
  return readFileSync(join(here, 'Gemfile'), 'utf8')
}

function install() {
  if (isInstalled()) return
  mkdirSync(home, { recursive: true })
  copyFileSync(join(here, 'Gemfile'), gemfile)
  rmSync(`${gemfile}.lock`, { force: true })
  const { status, error } = spawnSync('bundle', ['install', '--jobs', '2', '--retry', '3'], {
    env,
    stdio: 'inherit',
  })
  if (status === 0) return
  stop(
    `The gems of the Pact Broker are not installed${error ? ` (${error.message})` : ''}. It needs ${NEEDS}: ${ON_DEBIAN}`,
  )
}

function serve() {
  if (!isInstalled()) stop('The Pact Broker is not installed: node scripts/pact-broker.js --install')
  const data = mkdtempSync(join(tmpdir(), 'pact-broker-'))
  const username = 'standin'
  const password = randomUUID()
  const args = ['exec', 'puma', '--bind', 'tcp://127.0.0.1:0', '--threads', '1:4', join(here, 'config.ru')]
  const child = spawn('bundle', args, {
    cwd: data,
    env: {
      ...env,
      BROKER_DATABASE: join(data, 'broker.sqlite3'),
      BROKER_USERNAME: username,
      BROKER_PASSWORD: password,
      PACT_DO_NOT_TRACK: 'true',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  // Its gems warn a good deal: what it says is shown only if it does not come up.
  let told = ''
  let url
  const read = (chunk) => {
    if (url !== undefined) return
    told += chunk
    url = /Listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(told)?.[1]
    if (url !== undefined) process.stdout.write(`${JSON.stringify({ url, username, password })}\n`)
  }
  child.stdout.setEncoding('utf8').on('data', read)
  child.stderr.setEncoding('utf8').on('data', read)
  child.on('error', (error) => stop(`bundle cannot be run (${error.message}). It needs ${NEEDS}.`))
  child.on('exit', (code) => {
    rmSync(data, { recursive: true, force: true })
    if (url === undefined) stop(`The Pact Broker ended before it listened (${code}):\n${told}`)
    process.exit(0)
  })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill('SIGTERM'))
}

function stop(message) {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
