/** An OpenAPI document of one operation that reads an order, whose members are given. */
export function shopDocument(members: Readonly<Record<string, object>> = {}): string {
  const properties = { id: { type: 'integer' }, ...members }
  const content = {
    'application/json': { schema: { type: 'object', properties, required: Object.keys(properties) } },
  }
  return JSON.stringify(
    {
      openapi: '3.1.0',
      info: { title: 'Shop', version: '1' },
      paths: {
        '/orders/{orderId}': {
          get: {
            operationId: 'getOrder',
            parameters: [{ in: 'path', name: 'orderId', required: true, schema: { type: 'integer' } }],
            responses: { 200: { description: 'The order.', content } },
          },
        },
      },
    },
    null,
    2,
  )
}
