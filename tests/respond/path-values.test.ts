import t from 'tap'
import { compilePath } from '../../src/respond/parameters/path-values.js'

const cases: [template: string, path: string, values: Record<string, string> | undefined][] = [
  ['/users/{id}', '/users/7', { id: '7' }],
  ['/users/{id}', '/users/a%2Cb,c', { id: 'a%2Cb,c' }],
  ['/users/{id}', '/users/7/posts', undefined],
  ['/users/{id}', '/users/', { id: '' }],
  ['/files/{name}.{ext}', '/files/a.b.txt', { name: 'a.b', ext: 'txt' }],
  ['/users/{id}:activate', '/users/7:activate', { id: '7' }],
  ['/a.b/{pool.id}/{items[0]}', '/a.b/1/2', { 'pool.id': '1', 'items[0]': '2' }],
  ['/a.b/{id}', '/aXb/1', undefined],
  ['/map{point}', '/map;x=1;y=2', { point: ';x=1;y=2' }],
  ['/fixed', '/fixed', {}],
]
for (const [template, path, values] of cases) {
  void t.test(`${template} reads ${path}`, async (t) => t.strictSame(compilePath(template)(path), values))
}
