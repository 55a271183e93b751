import t from 'tap'
import { rebasing } from '../../src/load/base-path.js'
import { loadSources } from '../../src/load/load.js'

const shown = (source: string): string => source.replace(/\/$/, '')

void t.test('paths by their rules', (t) => {
  const cases: [string, string[], string[], file: string, path: string, expected: string][] = [
    ['set for all', ['/v2'], [], 'a.md', '/users', '/v2/users'],
    ['slashes do not matter', ['v2/'], [], 'a.md', '/users', '/v2/users'],
    ['the root', ['/v2'], [], 'a.md', '/', '/v2'],
    ['strip for all', [], ['/api'], 'a.md', '/api/users', '/users'],
    ['strip the whole', [], ['/api'], 'a.md', '/api', '/'],
    ['only whole segments are stripped', [], ['/api'], 'a.md', '/apis/users', '/apis/users'],
    ['strip, then set', ['/v2'], ['/v1'], 'a.md', '/v1/users', '/v2/users'],
    ['for one source', ['docs/=/v2'], [], 'docs/b/a.md', '/users', '/v2/users'],
    ['and for no other', ['docs/=/v2'], [], 'docs2/a.md', '/users', '/users'],
    ['the nearest source holds', ['/v1', 'docs=/v2', 'docs/b=/v3'], [], 'docs/b/a.md', '/u', '/v3/u'],
    ['nothing at all', ['/v1', 'docs='], [], 'docs/a.md', '/u', '/u'],
  ]
  for (const [name, basePath, stripBasePath, file, path, expected] of cases) {
    t.equal(rebasing({ basePath, stripBasePath }, shown).pathOf?.(path, file), expected, name)
  }
  t.strictSame(rebasing({}, shown), {}, 'without rules nothing is asked')
  t.end()
})

void t.test("a base that is set takes the place of an OpenAPI file's own", async (t) => {
  const cwd = t.testdir({
    'api.json': JSON.stringify({
      openapi: '3.0.3',
      info: { title: 'A', version: '1' },
      servers: [{ url: 'https://a.example/own' }],
      paths: { '/users': { get: { responses: { 200: { description: 'ok' } } } } },
    }),
  })
  const paths = async (options: object): Promise<string[]> => {
    const { description } = await loadSources(['api.json'], { cwd, ...options })
    return description.operations.map(({ path }) => path)
  }
  t.strictSame(await paths({}), ['/own/users'])
  t.strictSame(await paths({ basePath: ['/v2'] }), ['/v2/users'])
  t.strictSame(await paths({ basePath: ['./api.json='] }), ['/users'])
  t.strictSame(await paths({ stripBasePath: ['/own'] }), ['/users'])
})
