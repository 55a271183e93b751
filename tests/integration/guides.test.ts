import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import t from 'tap'
import { createServer, type ViteDevServer } from 'vite'
import { chromiumArgs, chromiumPath, missingChromium, skipWithoutChromium } from './chromium.js'
import { freePort, guideProject } from './guide-project.js'

// Each program starts processes of its own, on a machine that may be busy.
t.setTimeout(300_000)

void t.test('the code of the guide to Vitest', async (t) => {
  const project = guideProject(t, 'testing-vitest')
  const output = project.run(resolve('node_modules/vitest/vitest.mjs'), [
    'run',
    '--no-color',
    '--testTimeout=240000',
  ])
  t.match(output, /Tests\s+4 passed \(4\)/)
  t.match(output, /Coverage of Onboarding API: 1 of 6 operations/)
})

void t.test('the code of the guide to tap', async (t) => {
  const project = guideProject(t, 'testing-tap')
  const output = project.run('pin.test.js', [])
  t.match(output, /^# \{ total: 3, pass: 3 \}|^1\.\.3$/m)
  t.notMatch(output, /^not ok/m)
})

void t.test('the code of the guide to node:test', async (t) => {
  const project = guideProject(t, 'testing-node-test')
  t.match(project.run('--test', ['--test-reporter=tap', 'pin.test.js']), /^# pass 3$/m)
})

void t.test('the code of the guide to Vite', async (t) => {
  let server: ViteDevServer | undefined
  // Told before there is a folder, so that it is done before the folder goes, whose config Vite watches.
  t.teardown(() => server?.close())
  const { folder } = guideProject(t, 'vite')
  mkdirSync(join(folder, 'docs'))
  const description = {
    openapi: '3.1.0',
    info: { title: 'Cups', version: '1' },
    paths: { '/cups': { get: { responses: { 204: { description: 'None is left' } } } } },
  }
  writeFileSync(join(folder, 'docs/cups.json'), JSON.stringify(description))
  server = await createServer({ root: folder, logLevel: 'silent', server: { port: 0 } })
  await server.listen()
  const [url = ''] = server.resolvedUrls?.local ?? []
  t.equal((await fetch(`${url}api/cups`)).status, 204)
  t.match(await (await fetch(`${url}_standin/health`)).json(), { operations: 1 })
})

void t.test('the code of the guide to Playwright', { skip: skipWithoutChromium() }, async (t) => {
  if (!existsSync(chromiumPath)) throw new Error(missingChromium)
  const [api, page] = [await freePort(), await freePort()]
  const project = guideProject(t, 'testing-playwright', {
    scripts: { dev: `node ${JSON.stringify(resolve('examples/forgot-pin/serve.mjs'))}` },
    instead: {
      10000: String(api),
      8080: String(page),
      // Playwright's own browsers are not needed where there is a Chromium.
      'npx standin': `node ${JSON.stringify('node_modules/standin/dist/cli/main.js')}`,
      // Two programs and a browser for each test, on a machine that may be busy.
      'fullyParallel: true,': 'workers: 1, timeout: 240_000, expect: { timeout: 60_000 },',
      'use: {': `use: { launchOptions: ${JSON.stringify({ executablePath: chromiumPath, args: chromiumArgs })},`,
    },
    env: { PORT: String(page), API_URL: `http://127.0.0.1:${api}`, CI: '1' },
  })
  const output = project.run(resolve('node_modules/@playwright/test/cli.js'), ['test', '--reporter=list'])
  t.match(output, /3 passed/)
})
