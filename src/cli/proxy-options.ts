import { Type } from '@sinclair/typebox'
import { hints } from './option-hints.js'

/** What the proxy passes requests on to, and how. */
export const proxyOptionSchemas = {
  upstream: Type.Optional(
    Type.String({
      minLength: 1,
      ...hints({ description: 'Server that the proxy passes requests on to.', value: 'URL' }),
    }),
  ),
  validateRequest: Type.Boolean({
    default: true,
    ...hints({
      description: 'checking requests: the proxy then holds only replies against the docs.',
    }),
  }),
  fallback: Type.Optional(
    Type.Boolean({
      ...hints({
        description:
          'Answer as the mock does while the upstream cannot be reached. It does so anyway where the upstream says 501, unless --no-fallback.',
      }),
    }),
  ),
  upstreamTimeout: Type.Integer({
    minimum: 1,
    maximum: 3_600_000,
    default: 30_000,
    ...hints({ description: 'How long the upstream may take to begin its reply.', value: 'MS' }),
  }),
  upstreamProxy: Type.Optional(
    Type.String({
      pattern: '^https?://',
      ...hints({
        description: 'HTTP proxy through which the upstream is reached.',
        value: 'URL',
        expected: 'a URL that begins with http:// or https://',
      }),
    }),
  ),
  record: Type.Optional(
    Type.String({
      minLength: 1,
      ...hints({
        description: 'Keep what passed without a violation as examples in this folder, secrets taken out.',
        value: 'DIR',
      }),
    }),
  ),
  failOnViolations: Type.Boolean({
    default: false,
    ...hints({ description: 'End with exit code 1 when a request or a reply broke the docs.' }),
  }),
}
