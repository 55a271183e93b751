import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { parseExposition, valueOf } from '../serve/metrics/exposition-parser.js'
import { runProgram, startProgram } from './built.js'

// Each process takes its time to start on a busy machine.
t.setTimeout(240_000)

type Program = ReturnType<typeof startProgram>

interface Line {
  readonly worker?: number
  readonly pid?: number
  readonly msg: string
}

const linesOf = ({ text }: Program): Line[] =>
  text.err
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line): Line => JSON.parse(line))

/** Resolves once a line of the log is there. */
async function logged(program: Program, wanted: (line: Line) => boolean): Promise<Line> {
  for (;;) {
    const found = linesOf(program).find(wanted)
    if (found) return found
    await once(program.child.stderr, 'data')
  }
}

/** Each request on a connection of its own, which the primary gives to one worker after the other. */
const get = (url: string) => fetch(url, { headers: { connection: 'close' } })

if (process.platform !== 'win32') {
  void t.test(
    'workers share a port; one that is killed is replaced, and no request is lost after that',
    async (t) => {
      const program = startProgram(t, t.testdir(), ['--stateless', '--workers', '2', '--port', '0'])
      const url = await program.serving()
      t.equal(program.text.out.split('stands in for').length, 2, 'the banner is printed once')
      t.match(program.text.out, /Workers: 2\n +each on its own: no journal and no control API/)
      t.notMatch(program.text.out, /Control:/)
      for (let times = 0; times < 20; times++) t.equal((await get(`${url}/nowhere`)).status, 404)
      await logged(program, () => new Set(linesOf(program).map(({ worker }) => worker)).size === 2)

      const scrape = async () => parseExposition(await (await get(`${url}/_standin/metrics`)).text(), '0.0.4')
      for (let times = 0; times < 4; times++) {
        const found = await scrape()
        t.equal(valueOf(found, 'standin_workers'), 2)
        t.equal(valueOf(found, 'standin_unknown_requests_total'), 20, 'whichever worker is asked')
      }

      // The log does not tell process ids of workers, other than of those that are replaced.
      const pids = (await childrenOf(program.child.pid)).filter((pid) => pid !== undefined)
      t.equal(pids.length, 2)
      process.kill(Number(pids[0]), 'SIGKILL')
      await logged(program, ({ msg }) => /was ended by SIGKILL; another one takes its place/.test(msg))
      const back = await logged(program, ({ msg }) => /^worker \d serves$/.test(msg))
      t.notOk(pids.includes(String(back.pid)))
      const before = linesOf(program).length
      for (let times = 0; times < 20; times++) t.equal((await get(`${url}/nowhere`)).status, 404)
      await logged(program, () =>
        linesOf(program)
          .slice(before)
          .some(({ worker }) => worker === back.worker),
      )
      t.equal(valueOf(await scrape(), 'standin_unknown_requests_total'), 40, 'and no count was lost')

      program.child.kill('SIGTERM')
      t.strictSame(await program.ended, [0, null])
      await t.rejects(get(url))
    },
  )

  void t.test('workers whose primary has died end themselves', async (t) => {
    const program = startProgram(t, t.testdir(), ['--stateless', '--workers', '2', '--port', '0'])
    await program.serving()
    const pids = await childrenOf(program.child.pid)
    t.equal(pids.length, 2)
    program.child.kill('SIGKILL')
    // `close` comes when nobody holds the pipes any more: the workers have them, too.
    await program.ended
    for (const pid of pids) {
      while (isAlive(Number(pid))) await sleep(20)
    }
    t.pass('all have ended')
  })

  void t.test('draining: ready says no, requests are served, and then it ends', async (t) => {
    const argv = ['--stateless', '--workers', '2', '--port', '0', '--drain', '600']
    const program = startProgram(t, t.testdir(), argv)
    const url = await program.serving()
    t.equal((await get(`${url}/_standin/ready`)).status, 200)
    program.child.kill('SIGTERM')
    const statuses = async () =>
      Promise.all(Array.from({ length: 6 }, async () => (await get(`${url}/_standin/ready`)).status))
    while ((await statuses()).some((status) => status !== 503)) await sleep(20)
    t.equal((await get(`${url}/nowhere`)).status, 404, 'it serves on')
    // Within a twentieth of a second after the first it would be taken for its echo.
    const again = setInterval(() => program.child.kill('SIGTERM'), 100)
    t.teardown(() => clearInterval(again))
    t.strictSame(await program.ended, [143, null], 'a second signal ends it at once')
  })
}

void t.test('a source that cannot be read is said once, and that is the end', async (t) => {
  const folder = t.testdir()
  writeFileSync(join(folder, 'api.yaml'), 'openapi: 3.1.0\npaths: [')
  const found = await runProgram(t, folder, ['api.yaml', '--stateless', '--workers', '3', '--port', '0'])
  t.equal(found.code, 2)
  t.equal(found.out, '')
  t.equal(found.err.split('[STANDIN_ERR_').length, 2, found.err)
})

/** The ids of the processes that a process has started. */
async function childrenOf(pid: number | undefined): Promise<string[]> {
  const { execFile } = await import('node:child_process')
  const { promisify } = await import('node:util')
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid='])
  return stdout
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .flatMap(([child, parent]) => (child !== undefined && parent === String(pid) ? [child] : []))
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
