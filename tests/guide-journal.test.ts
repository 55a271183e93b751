import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import t from 'tap'
import { parseLine } from '../src/cli/arguments.js'
import { createStandin } from '../src/index.js'

const guide = readFileSync('docs/guides/journal.md', 'utf8')
const blocks = (language: string): string[] =>
  [...guide.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    ([, text = '']) => text,
  )

void t.test('the code of the guide runs as it is shown, one part after the other', async (t) => {
  const standin = await createStandin({ logger: false })
  t.teardown(() => standin.close())
  const code = blocks('js')
  t.ok(code.length >= 6)
  const AsyncFunction = async function () {}.constructor as FunctionConstructor
  await new AsyncFunction('url', 'assert', code.join('\n'))(await standin.listen(), assert)
})

void t.test('its command lines are such', async (t) => {
  const lines = blocks('sh').flatMap((text) => text.trim().split('\n'))
  t.ok(lines.length >= 2)
  for (const line of lines) {
    const [program, ...words] = line.split(/\s+/).map((word) => word.replaceAll("'", ''))
    t.equal(program, 'standin')
    await t.resolves(
      parseLine(words, () => true),
      line,
    )
  }
})
