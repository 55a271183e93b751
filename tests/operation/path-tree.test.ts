import * as fc from 'fast-check'
import t from 'tap'
import { PathTree } from '../../src/operation/path-tree.js'

const templates = [
  '/',
  '/users',
  '/users/{id}',
  '/users/mine',
  '/users/{id}/files/{name}.{ext}',
  '/users/{id}/files/{name}.tar.{ext}',
  '/users/{id}/files/{file}',
  '/users/{id}:activate',
  '/map{point}',
  '/a b/é',
  '/with-slash/',
  '/v1/*',
  '/:colon',
]
const tree = new PathTree<string>()
for (const template of templates) tree.add('GET', template, template)
tree.add('DELETE', '/users/{id}', 'delete /users/{id}')

const found: [path: string, template: string | undefined][] = [
  ['/', '/'],
  ['/users', '/users'],
  ['/users/', undefined],
  ['/users/7', '/users/{id}'],
  ['/users/mine', '/users/mine'],
  ['/users/%6Dine', '/users/mine'],
  ['/users/a%2Fb', '/users/{id}'],
  ['/users/7/files/a.txt', '/users/{id}/files/{name}.{ext}'],
  ['/users/7/files/a.tar.gz', '/users/{id}/files/{name}.tar.{ext}'],
  ['/users/7/files/plain', '/users/{id}/files/{file}'],
  ['/users/7:activate', '/users/{id}:activate'],
  ['/map;x=1;y=2', '/map{point}'],
  ['/a%20b/%C3%A9', '/a b/é'],
  ['/with-slash/', '/with-slash/'],
  ['/with-slash', undefined],
  ['/v1/*', '/v1/*'],
  ['/v1/other', undefined],
  ['/:colon', '/:colon'],
  ['/USERS', undefined],
  ['//users', undefined],
  ['/users//files/a.txt', '/users/{id}/files/{name}.{ext}'],
  ['', undefined],
  ['/users/7/', undefined],
  ['/constructor', undefined],
]
for (const [path, template] of found)
  void t.test(`${path} is ${template}`, async (t) => t.equal(tree.find('GET', path), template))

void t.test('GET answers HEAD, and a template without the method leaves the way to the next', async (t) => {
  t.equal(tree.find('HEAD', '/users'), '/users')
  t.equal(tree.find('DELETE', '/users/mine'), 'delete /users/{id}')
  t.equal(tree.find('POST', '/users'), undefined)
  t.strictSame(tree.all('/users/mine'), ['/users/mine', '/users/{id}', 'delete /users/{id}'])
  t.strictSame(tree.all('/nowhere/at/all'), [])
})

void t.test('the first of two templates of one shape holds', async (t) => {
  const tree = new PathTree<string>()
  tree.add('GET', '/users/{id}', 'first')
  tree.add('GET', '/users/{name}', 'second')
  t.equal(tree.find('GET', '/users/7'), 'first')
})

void t.test('whatever a template stands for is found, in company of any others', async () => {
  const segment = fc.oneof(fc.constantFrom('a', 'b', 'users', '{id}', '{n}.{e}', 'é x'), fc.string())
  const template = fc
    .array(
      segment.map((text) => text.replaceAll(/[/?#%]/g, '')),
      { minLength: 1, maxLength: 4 },
    )
    .map((segments) => `/${segments.join('/')}`)
  fc.assert(
    fc.property(fc.array(template, { minLength: 1 }), (all) => {
      const tree = new PathTree<string>()
      for (const one of all) tree.add('GET', one, one)
      for (const one of all) {
        const path = one
          .split('/')
          .map((part) => encodeURIComponent(part.replaceAll(/\{[^{}/]+\}/g, 'v').toWellFormed()))
          .join('/')
        if (tree.find('GET', path) === undefined) throw new Error(`${one} is not found as ${path}`)
      }
    }),
    { seed: 7 },
  )
})
