import { Type } from '@sinclair/typebox'
import type { ApiDescription } from '../../src/operation/description.js'
import type { Example, MediaType, Operation, Response } from '../../src/operation/operation.js'
import type { SourceLocation } from '../../src/operation/source.js'

const at = (line: number): SourceLocation => ({ file: 'docs/shop.md', line })
const x = (line: number): { 'x-source': string } => ({ 'x-source': `docs/shop.md:${line}` })

const example = (text: string, line: number, mediaType = 'application/json'): Example => ({
  name: 'default',
  mediaType,
  text,
  origin: 'documented',
  repairs: [],
  source: at(line),
})

export const OrderRequest = Type.Object({
  article: Type.String({ minLength: 3, ...x(10) }),
  amount: Type.Integer({ minimum: 1, ...x(11) }),
  delivery: Type.Union([Type.Literal('post'), Type.Literal('pickup')], x(12)),
  channel: Type.Literal('web', x(13)),
  note: Type.Optional(Type.String(x(14))),
})

export const Order = Type.Object(
  {
    id: Type.Integer(x(21)),
    status: Type.Literal('OPEN', x(22)),
    price: Type.Number(x(23)),
    lines: Type.Array(Type.Object({ article: Type.String(x(25)), amount: Type.Integer(x(26)) }), x(24)),
    coupon: Type.Optional(Type.String(x(27))),
  },
  x(20),
)

const orderText =
  '{"id":9007199254740993,"status":"OPEN","price":14.0,"lines":[{"article":"pen","amount":2}],"coupon":"SPRING"}'
const requestText = '{"article":"pen","amount":2,"delivery":"post","channel":"web","note":"ring twice"}'

const json = (schema: MediaType['schema'], text: string, line: number): MediaType => ({
  mediaType: 'application/json',
  ...(schema ? { schema } : {}),
  examples: [example(text, line)],
})

const unauthorized = (line: number): Response => ({
  status: '401',
  headers: [],
  content: [],
  undocumentedBody: 'only a placeholder is shown',
  source: at(line),
})

const createOrder: Operation = {
  operationId: 'createOrder',
  method: 'POST',
  path: '/shop/orders',
  summary: 'Create an order',
  parameters: [
    {
      in: 'header',
      name: 'X-SHOP-TOKEN',
      required: true,
      schema: Type.String(),
      example: 'documented-token-1',
      source: at(5),
    },
    { in: 'header', name: 'X-CLIENT', required: false, schema: Type.String(), example: 'app', source: at(6) },
  ],
  requestBody: {
    required: true,
    content: [
      json(OrderRequest, requestText, 9),
      { mediaType: 'text/plain', schema: OrderRequest, examples: [] },
    ],
    source: at(8),
  },
  responses: [
    { status: '201', headers: [], content: [json(Order, orderText, 20)], source: at(19) },
    unauthorized(30),
    { status: '409', headers: [], content: [], source: at(31) },
  ],
  security: [{ shopToken: [] }],
  resultCodes: [],
  links: [],
  source: at(3),
  sources: [at(3)],
}

const getOrder: Operation = {
  operationId: 'getOrder',
  method: 'GET',
  path: '/shop/orders/{orderId}',
  summary: 'Get an order',
  parameters: [
    { in: 'path', name: 'orderId', required: true, schema: Type.Integer(), example: '42', source: at(44) },
    { in: 'query', name: 'fields', required: false, schema: Type.String(), example: 'all', source: at(45) },
  ],
  responses: [
    { status: '200', headers: [], content: [json(Order, orderText, 50)], source: at(49) },
    {
      status: '404',
      headers: [],
      content: [json(Type.Object({ error: Type.String(x(61)) }), '{"error":"none"}', 60)],
      source: at(59),
    },
    { status: 'default', headers: [], content: [], source: at(70) },
  ],
  security: [{ signIn: [] }],
  resultCodes: [],
  links: [],
  source: at(40),
  sources: [at(40)],
}

/** A small API with a token of its own, a bearer token, a body in two media types, and a placeholder. */
export const shop: ApiDescription = {
  title: 'Shop',
  operations: [createOrder, getOrder],
  securitySchemes: {
    shopToken: { type: 'apiKey', in: 'header', name: 'X-SHOP-TOKEN', source: at(5) },
    signIn: { type: 'http', scheme: 'bearer' },
  },
  documents: {},
  findings: [],
}
