import Fastify from 'fastify'
import { documentFrame, operationObject } from '../emit/openapi.js'
import type { ApiDescription } from '../operation/description.js'
import { isObject } from '../operation/json-object.js'
import { stringifyExact } from '../operation/json.js'
import { toRoute } from '../operation/path.js'
import type { Operation } from '../operation/operation.js'
import { acceptMethods } from './methods.js'

/**
 * The OpenAPI document of a description, as JSON text (2 spaces, final line break). It is collected
 * by @fastify/swagger from an app of its own that never listens: the served app then starts without
 * it, and the document is the same wherever it is asked for.
 */
export async function openApiDocument(description: ApiDescription): Promise<string> {
  const { default: swagger } = await import('@fastify/swagger')
  const app = Fastify({ logger: false, exposeHeadRoutes: false })
  // Nothing is ever validated or serialised here; compiling would only cost time.
  app.setValidatorCompiler(() => () => true)
  app.setSerializerCompiler(() => () => '')
  const byRoute = new Map<string, Operation>()
  await app.register(swagger, {
    openapi: documentFrame(description),
    stripBasePath: false,
    convertConstToEnum: false,
    transform: ({ schema, route }) => {
      const operation = byRoute.get(`${String(route.method)} ${route.url}`)
      return { schema, url: operation?.path ?? route.url }
    },
    // What the collected routes say of themselves is completed from the model, since Fastify's
    // schemas cannot carry examples, origins, several media types or a body on GET.
    transformObject: (document) =>
      'openapiObject' in document ? completed(document.openapiObject, description.operations) : {},
  })
  // A plugin's hooks are there only once it is loaded, and they must see the routes.
  await app.after()
  acceptMethods(app, description.operations)
  for (const operation of description.operations) {
    const { method, path, operationId } = operation
    const url = toRoute(path)
    byRoute.set(`${method} ${url}`, operation)
    app.route({ method, url, schema: { operationId }, handler: () => undefined })
  }
  await app.ready()
  const text = `${stringifyExact(app.swagger(), 2)}\n`
  await app.close()
  return text
}

/** Each collected operation, by its id, becomes the model's whole account of it, at the path that the docs give. */
function completed(document: { paths?: object | undefined }, operations: readonly Operation[]) {
  const byId = new Map(operations.map((operation) => [operation.operationId, operation]))
  const paths: Record<string, Record<string, unknown>> = {}
  for (const item of Object.values(document.paths ?? {})) {
    for (const [method, collected] of Object.entries(isObject(item) ? item : {})) {
      const known = isObject(collected) && byId.get(String(collected['operationId']))
      if (known) (paths[known.path] ??= {})[method] = operationObject(known)
    }
  }
  return { ...document, paths }
}
