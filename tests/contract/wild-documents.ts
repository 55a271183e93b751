import type { ApiDescription } from '../../src/operation/description.js'
import { readValue } from '../parse/openapi/helper.js'

const pet = {
  allOf: [
    { $ref: '#/components/schemas/NewPet' },
    {
      type: 'object',
      required: ['id', 'owner'],
      properties: {
        id: { type: 'integer', readOnly: true },
        owner: { type: ['object', 'null'], properties: { email: { type: 'string' } }, required: ['email'] },
      },
    },
  ],
}

const schemas = {
  NewPet: {
    type: 'object',
    required: ['name'],
    properties: {
      name: { type: 'string' },
      age: { type: 'integer', minimum: 2 },
      kind: { enum: ['cat', 'dog'] },
    },
  },
  Pet: pet,
  Login: {
    type: 'object',
    required: ['user', 'tries'],
    properties: {
      user: { type: 'string', minLength: 2 },
      tries: { type: 'integer', minimum: 3 },
      roles: { type: 'array', items: { type: 'string' } },
    },
  },
}

const answers = (name: string): object => ({
  200: {
    description: 'ok',
    content: { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } },
  },
})
const takes = (name: string, ...types: string[]): object => ({
  required: true,
  content: Object.fromEntries(
    types.map((type) => [type, { schema: { $ref: `#/components/schemas/${name}` } }]),
  ),
})

/** Pets: schemas by reference and composed, forms of both kinds, XML, and two credentials of which either will do. */
export const pets: ApiDescription = readValue({
  openapi: '3.1.0',
  info: { title: 'Pets', version: '1' },
  security: [{ key: [] }, { bearer: [] }],
  paths: {
    '/pets': {
      post: {
        operationId: 'addPet',
        parameters: [{ in: 'header', name: 'X-Call', schema: { type: 'string', format: 'uuid' } }],
        requestBody: takes('Pet', 'application/json'),
        responses: answers('Pet'),
      },
    },
    '/login': {
      post: {
        operationId: 'login',
        security: [],
        requestBody: takes('Login', 'application/x-www-form-urlencoded'),
        responses: answers('Login'),
      },
    },
    '/photos': {
      post: {
        operationId: 'addPhoto',
        security: [],
        requestBody: {
          required: true,
          content: {
            'multipart/form-data': {
              schema: {
                type: 'object',
                required: ['photo', 'width'],
                properties: {
                  photo: { type: 'string', format: 'binary' },
                  width: { type: 'integer', minimum: 10 },
                },
              },
            },
          },
        },
        responses: answers('Login'),
      },
    },
    '/drawings': {
      post: {
        operationId: 'addDrawing',
        security: [],
        requestBody: takes('Login', 'application/xml'),
        responses: answers('Login'),
      },
    },
  },
  components: {
    schemas,
    securitySchemes: {
      key: { type: 'apiKey', in: 'query', name: 'api_key' },
      bearer: { type: 'http', scheme: 'bearer' },
    },
  },
})
