import type { Test } from 'tap'
import { createStandin } from '../../src/standin.js'

const API = {
  'api.json': JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'Pets', version: '1' },
    paths: {
      '/pets': {
        post: {
          operationId: 'addPet',
          requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Pet' } } } },
          responses: {
            201: {
              description: 'Made',
              content: { 'application/json': { schema: { $ref: '#/components/schemas/Pet' } } },
            },
          },
        },
      },
      '/pets/{petId}': {
        get: {
          operationId: 'getPet',
          parameters: [{ name: 'petId', in: 'path', required: true, schema: { type: 'integer' } }],
          responses: {
            200: {
              description: 'One',
              content: { 'application/json': { schema: { $ref: '#/components/schemas/Pet' } } },
            },
          },
        },
      },
      '/version': {
        get: {
          operationId: 'getVersion',
          responses: {
            200: { description: 'It', content: { 'application/json': { example: { version: 7 } } } },
          },
        },
      },
    },
    components: {
      schemas: {
        Pet: {
          type: 'object',
          required: ['id'],
          properties: { id: { type: 'integer' }, name: { type: 'string' } },
        },
      },
    },
  }),
}

/** A stand-in of an API in which only some requests need state, over a store. */
export async function servePets(t: Test, store: string) {
  const standin = await createStandin({ sources: ['api.json'], cwd: t.testdir(API), store, logger: false })
  t.teardown(() => standin.close())
  const headersOf = (session?: string) => (session === undefined ? {} : { 'standin-session': session })
  const add = (id: number, session?: string) =>
    standin.inject({
      method: 'POST',
      url: '/pets',
      payload: { id, name: `pet ${id}` },
      headers: headersOf(session),
    })
  const get = (url: string, session?: string) => standin.inject({ url, headers: headersOf(session) })
  const health = async () => (await get('/_standin/health')).json()
  const isWell = async () => (await health()).status === 'ok'
  return { standin, add, get, health, isWell }
}
