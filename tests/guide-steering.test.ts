import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Value } from '@sinclair/typebox/value'
import t from 'tap'
import { parse } from 'yaml'
import { folderFor } from './folder.js'
import { Scenario } from '../src/steer/scenario.js'
import { standinFor } from './serve/helper.js'

const guide = readFileSync('docs/guides/steering.md', 'utf8')
const blocks = (language: string): string[] =>
  [...guide.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'))].map(([, text = '']) => text)

/** Runs a script of curl commands; resolves with the status of each, 000 where there was no reply. */
async function statuses(script: string): Promise<string[]> {
  const curl = `curl() { command curl -sS -o /dev/null -w '%{http_code}\\n' "$@"; }\n`
  const child = spawn('sh', ['-c', curl + script], { stdio: ['ignore', 'pipe', 'ignore'] })
  let out = ''
  for await (const part of child.stdout.setEncoding('utf8')) out += String(part)
  return out.trim().split('\n')
}

void t.test('the commands of the guide do what it says', async (t) => {
  const cwd = folderFor(t)
  const [scenario = ''] = blocks('yaml')
  t.ok(Value.Check(Scenario, parse(scenario)))
  mkdirSync(join(cwd, 'scenarios'))
  writeFileSync(join(cwd, 'scenarios/locked-out.yaml'), scenario)
  const standin = await standinFor(t, { cwd })
  const { host } = new URL(await standin.listen())
  const script = blocks('sh').join('\n').replaceAll('localhost:10000', host)
  const expected = [...script.matchAll(/ # (\d{3})$/gm)].map(([, status]) => status ?? '')
  t.equal(expected.length, [...script.matchAll(/^curl /gm)].length, 'each command says what comes')
  t.strictSame(await statuses(script), expected)
})
