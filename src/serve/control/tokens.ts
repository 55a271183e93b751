import { isObject } from '../../operation/json-object.js'
import { Type } from '@sinclair/typebox'
import { Refused } from '../../steer/refused.js'
import type { ControlApp, ControlContext } from './context.js'
import { exactBody } from './bodies.js'
import { stateOf } from './no-state.js'
import { ControlProblem } from './problems.js'
import { controlledSession, SessionQuery } from './session-of.js'

const NewToken = Type.Object(
  {
    account: Type.Union([Type.String({ minLength: 1 }), Type.Integer({ minimum: 0 })], {
      description: 'As text where it has more digits than a JSON number keeps in your client.',
    }),
  },
  { additionalProperties: false, $id: 'NewToken' },
)

const IssuedToken = Type.Object(
  { token: Type.String(), expiresAt: Type.Optional(Type.String({ format: 'date-time' })) },
  { $id: 'IssuedToken' },
)

/** Tokens without going through the API's own way of getting one. */
export function tokenRoutes(app: ControlApp, { sessions, issueToken, description }: ControlContext): void {
  app.post(
    '/tokens',
    {
      schema: {
        operationId: 'issueToken',
        summary: 'A token for an account of the session, where the API has a way to make one',
        tags: ['Tokens'],
        querystring: SessionQuery,
        body: NewToken,
        response: { 201: IssuedToken },
      },
    },
    async (request, reply) => {
      const issue = issueToken()
      const session = controlledSession(sessions, request)
      if (!issue) {
        throw new ControlProblem(
          'no-token-issuing',
          `${description().title} has no tokens that Standin could issue: any of the documented form is accepted`,
        )
      }
      const exact = exactBody(request.body)
      const account = isObject(exact) ? exact['account'] : request.body.account
      const issued = await issue(stateOf(session), String(account))
      if ('refusal' in issued) throw new Refused('/account', issued.refusal)
      const { token, expiresAt } = issued
      return reply.code(201).send({
        token,
        ...(expiresAt !== undefined && { expiresAt: new Date(expiresAt).toISOString() }),
      })
    },
  )
}
