import type { FastifyInstance } from 'fastify'
import type { Operation } from '../operation/operation.js'

/** Lets an app route every documented method. GET may have a body: pages show it, though few clients send one. */
export function acceptMethods(app: FastifyInstance, operations: readonly Operation[]): void {
  app.addHttpMethod('GET', { hasBody: true, overrideExisting: true })
  for (const { method } of operations) {
    if (!app.supportedMethods.includes(method)) app.addHttpMethod(method, { hasBody: true })
  }
}
