import t from 'tap'
import { compilePath } from '../../src/operation/path-values.js'

const cases: [template: string, path: string, values: Record<string, string> | undefined][] = [
  ['/users/{id}', '/users/7', { id: '7' }],
  ['/users/{id}', '/users/a%2Cb,c', { id: 'a%2Cb,c' }],
  ['/users/{id}', '/users/7/posts', undefined],
  ['/users/{id}/x', '/users//x', {}],
  ['/files/{name}.{ext}', '/files/a.b.txt', { name: 'a.b', ext: 'txt' }],
  ['/users/{id}:activate', '/users/7:activate', { id: '7' }],
  ['/a.b/{pool.id}/{items[0]}', '/a.b/1/2', { 'pool.id': '1', 'items[0]': '2' }],
  ['/a.b/{id}', '/aXb/1', undefined],
  ['/map{point}', '/map;x=1;y=2', { point: ';x=1;y=2' }],
  ['/fixed', '/fixed', {}],
  ['/a b/é/{id}', '/a%20b/%c3%A9/1', { id: '1' }],
  ['/a%20b/{id}', '/a%20b/1', { id: '1' }],
  ['/v1/{a/b}/{id}', '/v1/{a/b}/1', { id: '1' }],
]
for (const [template, path, values] of cases) {
  void t.test(`${template} reads ${path}`, async (t) => t.strictSame(compilePath(template)(path), values))
}
