import t from 'tap'
import { readUrl } from '../../../src/parse/gitbook/url.js'

const cases: { base?: string; path?: string; to: string; query?: string; method?: string }[] = [
  { base: 'https://a.example/v1', path: '/users', to: '/v1/users' },
  { base: 'https://a.example/v1/', path: 'users', to: '/v1/users' },
  { base: 'https://a.example/v1/users', path: '', to: '/v1/users' },
  { base: '', path: 'https://a.example/v1/users/', to: '/v1/users/' },
  { base: 'https://a.example/x', path: 'https://b.example/y', to: '/y' },
  { base: 'https://a.example', path: '', to: '/' },
  { base: 'api/v1/reset', to: '/api/v1/reset' },
  { base: '<domain>/a/b', to: '/a/b' },
  { base: '<domain>a/b', to: '/a/b' },
  { base: '[PlatformAddress]/api/1.0/', path: 'crm?action=list', to: '/api/1.0/crm', query: 'action=list' },
  { base: '{{host}}', path: '/a', to: '/a' },
  { base: '{{ base_url }}/accounts', path: '/logout/', to: '/accounts/logout/' },
  { path: '{{host}}:{{port}}/a', to: '/a' },
  { path: '{{protocol}}://{{host}}/a', to: '/a' },
  { path: 'https:{domain}/a', to: '/a' },
  { base: 'http://<controller>:<port>/x', to: '/x' },
  { base: 'https://<tenant>.a.example/x', to: '/x' },
  { base: '<tenant>.a.example/x', to: '/x' },
  { path: '{baseUrl}/a', to: '/a' },
  { path: '{id}/a', to: '/{id}/a' },
  { base: 'a.example/v1', path: '/x', to: '/v1/x' },
  { base: 'localhost:3000', path: '/x', to: '/x' },
  { base: '10.0.0.1:8080/v1', path: '/x', to: '/v1/x' },
  { path: 'a.example.com/x', to: '/x' },
  { path: 'rooms.upload', to: '/rooms.upload' },
  { base: 'https://a.example', path: '/index.php', to: '/index.php' },
  { base: 'https:// a.example', path: ' /us ers /x ', to: '/users/x' },
  { path: '/a/%7Bid%7D/%20b', to: '/a/{id}/b' },
  { path: '/:id', to: '/{id}' },
  { path: '/users/:id/posts/<postId>/[x]/{y}/{{z}}', to: '/users/{id}/posts/{postId}/{x}/{y}/{z}' },
  { path: '/a/[Stream ID]', to: '/a/{Stream_ID}' },
  { path: '/a/{id}/b/{id}', to: '/a/{id}/b/{id2}' },
  { path: '/a/{ID]', to: '/a/{ID}' },
  { path: '/a/{id', to: '/a/{id}' },
  { path: '/a/${id}', to: '/a/{id}' },
  { path: '/wallet:add', to: '/wallet:add' },
  { path: '/conditions{id}', to: '/conditions{id}' },
  { base: 'https://a.example/api/v1', path: '/api/v1/users', to: '/api/v1/users' },
  { base: 'https://a.example/api/v1', path: '/v1/users', to: '/api/v1/users' },
  { base: 'https://a.example/x/users', path: '/users/y', to: '/x/users/users/y' },
  { path: '/a?b=1&c={c}&d&e=a%20b', to: '/a', query: 'b=1 c d e=a b' },
  { path: '/a?filter[name]=x', to: '/a', query: 'filter[name]=x' },
  { base: 'https://a.example/v1?key=K', path: '/a', to: '/v1/a', query: 'key=K' },
  { path: '/a?q=<QUERY>#top', to: '/a', query: 'q' },
  { path: '/a?list=[{"x": 1}]&y=2', to: '/a', query: 'list=[{"x": 1}] y=2' },
  { path: 'GET /a', to: '/a', method: 'GET' },
  { path: '//a//b', to: '/a/b' },
]

for (const { base = '', path = '', to, query = '', method } of cases) {
  void t.test(`${base} + ${path}`, (t) => {
    const url = readUrl(base, path)
    t.equal(url?.path, to)
    t.equal(
      url?.query
        .map((one) => (one.example === undefined ? one.name : `${one.name}=${one.example}`))
        .join(' '),
      query,
    )
    t.equal(url?.method, method)
    t.end()
  })
}

void t.test('what was made right is said, and what was right is not', (t) => {
  t.strictSame(readUrl('https://a.example/v1', '/users/{id}')?.mended, [])
  t.match(readUrl('<domain>/v1', ' /v1/u sers/:id?a=b')?.mended, [
    /Spaces/,
    /`<domain>` is taken for the host/,
    /query/,
    /`\/v1` stands in the base and in the path/,
    /`:id` is read as `\{id\}`/,
  ])
  t.end()
})

void t.test('no address', (t) => {
  t.equal(readUrl('', '  '), undefined)
  t.equal(readUrl('', `/${'{a}/'.repeat(5000)}`), undefined)
  t.end()
})
