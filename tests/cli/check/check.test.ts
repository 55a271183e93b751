import t, { type Test } from 'tap'
import { folderFor } from '../../folder.js'
import { createStandin } from '../../../src/index.js'
import { run } from '../../../src/cli/run.js'
import type { CreateStandin } from '../../../src/cli/standin.js'
import { fakeTerminal } from '../terminal.js'

const PAGE = `# Cups

{% swagger method="post" path="/cups/{id}" baseUrl="https://a.example" summary="Fill cup" %}
{% swagger-parameter in="header" name="X-Key" required="true" type="String" %}
{% endswagger-parameter %}
{% swagger-parameter in="body" name="size" required="true" type="Integer" %}
{% endswagger-parameter %}
{% swagger-response status="200: OK" description="" %}
\`\`\`json
{ "size": 1, "weight": 14.0 }
\`\`\`
{% endswagger-response %}
{% endswagger %}

{% tabs %}
{% tab title="Request sample" %}
\`\`\`json
{ "size": SIZE }
\`\`\`
{% endtab %}
{% tab title="curl" %}
\`\`\`bash
curl -X POST 'https://a.example/CALLED/7' -H 'X-Key: {{key}}' -H 'Content-Type: application/json' -d '{"size": 2}'
\`\`\`
{% endtab %}
{% endtabs %}
`

const create: CreateStandin = (options) => createStandin(options)

async function checked(t: Test, page: string, ...argv: string[]) {
  const cwd = folderFor(t, { 'cups.md': page })
  const terminal = fakeTerminal({ cwd })
  // A terminal of its own is no working directory of the process.
  const code = await run(['check', `${cwd}/cups.md`, ...argv], terminal, create)
  return { code, out: terminal.out(), err: terminal.err() }
}

const page = (size: string, called = 'cups'): string => PAGE.replace('SIZE', size).replace('CALLED', called)

void t.test('samples and commands that hold', async (t) => {
  const { code, out } = await checked(t, page('3'))
  t.equal(code, 0)
  t.match(out, /ok\s+sample request-sample\s+200\s+200 '\w+' \(.*cups\.md:10\)/)
  t.match(out, /ok\s+curl\s+200/)
  t.match(out, /note: the value of the header X-Key is a placeholder; "[^"]+" is sent/)
  t.match(out, /1 operation: 1 passed, 0 failed, 0 with nothing to compare\n$/)
})

/** The command leaves out a header that the docs require. */
const BROKEN = page('3').replace(" -H 'X-Key: {{key}}'", '')

void t.test('a command that breaks its own docs is told with their place', async (t) => {
  const { code, out } = await checked(t, BROKEN)
  t.equal(code, 1)
  t.match(out, /FAILED\s+curl\s+422/)
  t.match(
    out,
    /the docs say 200 \(.*cups\.md:8\), the answer is 422: header X-Key is required \(.*cups\.md:4\)/,
  )
})

void t.test('a command that calls something else proves nothing', async (t) => {
  const { code, out } = await checked(t, page('3', 'mugs'))
  t.equal(code, 1)
  t.match(out, /the command calls POST \/mugs\/7, the docs around it describe POST \/cups\/\{id\}/)
})

void t.test('nothing shown: made, and said', async (t) => {
  const bare = PAGE.slice(0, PAGE.indexOf('{% tabs %}')).replace(
    /```json[\s\S]*?```/,
    '```\n{ // Response }\n```',
  )
  const { code, out } = await checked(t, bare)
  t.equal(code, 0)
  t.match(out, /-\s+made request\s+200/)
  t.match(out, /note: no request body is shown; one is made from the schema/)
  t.match(out, /only the status can be held against the docs\. .*placeholder/)
})

void t.test('JSON and JUnit', async (t) => {
  const report: unknown = JSON.parse((await checked(t, BROKEN, '--format', 'json')).out)
  t.match(report, { summary: { operations: 1, passed: 0, failed: 1, unproven: 0 } })
  const { out } = await checked(t, BROKEN, '--format', 'junit')
  t.match(out, /<testsuites name="standin check" tests="2" failures="1" skipped="0">/)
  t.match(
    out,
    /<testcase name="curl" classname="POST \/cups\/\{id\}" file="[^"]*cups\.md" line="\d+"><failure message="the docs say/,
  )
})

void t.test('annotations for GitHub, beside the samples that do not hold', async (t) => {
  const { code, out } = await checked(t, BROKEN, '--format', 'github')
  t.equal(code, 1)
  t.match(out, /^::error file=[^,]*cups\.md,line=\d+,title=POST \/cups\/\{id\}%3A curl::the docs say/m)
  t.match(out, /::notice title=standin check::1 operations: 0 passed, 1 failed/)
})

void t.test('one operation alone, and none of that name', async (t) => {
  t.equal((await checked(t, page('3'), '--only', 'POST /cups/{id}')).code, 0)
  const { code, err } = await checked(t, page('3'), '--only', 'fillCups')
  t.equal(code, 2)
  t.match(err, /--only fillCups: the sources document no such operation\. Did you mean "?fillCup"?/)
})
