import { Type } from '@sinclair/typebox'
import type { Document } from '../../respond/state.js'
import { collectionsIn, contentsOf, patchContents, replaceContents } from '../../steer/state-contents.js'
import type { ControlApp, ControlContext } from './context.js'
import { exactBody } from './bodies.js'
import { stateOf } from './no-state.js'
import { unknownTarget } from './problems.js'
import { controlledSession, SessionQuery } from './session-of.js'

const State = Type.Record(Type.String(), Type.Record(Type.String(), Type.Unknown()), {
  description: 'Documents by id, by collection',
})
const AnyObject = Type.Record(Type.String(), Type.Unknown())
const ById = Type.Object({ collection: Type.String(), id: Type.String() })
const tags = ['State']

/** What the mocked API remembers, for a session. Numbers keep their digits both ways. */
export function stateRoutes(app: ControlApp, { sessions }: ControlContext): void {
  app.get(
    '/state',
    {
      schema: {
        operationId: 'getState',
        summary: 'The whole state of the session',
        tags,
        querystring: SessionQuery,
        response: { 200: State },
      },
    },
    async (request) => contentsOf(await stateOf(controlledSession(sessions, request)).read()),
  )
  app.put(
    '/state',
    {
      schema: {
        operationId: 'putState',
        summary: 'Puts a state in place of the whole',
        tags,
        querystring: SessionQuery,
        body: AnyObject,
        response: { 200: State },
      },
    },
    async (request) => {
      const contents = collectionsIn(exactBody(request.body))
      return stateOf(controlledSession(sessions, request)).update((state) => {
        replaceContents(state, contents)
        return contentsOf(state)
      })
    },
  )
  app.patch(
    '/state',
    {
      schema: {
        operationId: 'patchState',
        summary: 'Merges into the state (RFC 7396); null removes a member, a document or a collection',
        tags,
        consumes: ['application/merge-patch+json', 'application/json'],
        querystring: SessionQuery,
        body: AnyObject,
        response: { 200: State },
      },
    },
    async (request) => {
      const patch = exactBody(request.body)
      return stateOf(controlledSession(sessions, request)).update((state) => {
        patchContents(state, patch)
        return contentsOf(state)
      })
    },
  )
  app.post(
    '/state/reset',
    {
      schema: {
        operationId: 'resetState',
        summary: 'Takes the state back to the fixtures; overrides and journal stay',
        tags,
        querystring: SessionQuery,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const session = controlledSession(sessions, request)
      stateOf(session)
      await session.resetState()
      return reply.code(204).send(null)
    },
  )
  documentRoutes(app, sessions)
}

function documentRoutes(app: ControlApp, sessions: ControlContext['sessions']): void {
  app.get(
    '/state/:collection/:id',
    {
      schema: {
        operationId: 'getDocument',
        summary: 'One document of the state',
        tags,
        params: ById,
        querystring: SessionQuery,
        response: { 200: AnyObject },
      },
    },
    async (request): Promise<Document> => {
      const { collection, id } = request.params
      const state = await stateOf(controlledSession(sessions, request)).read()
      const document = state.get(collection, id)
      if (!document) throw unknownTarget(`document in ${collection}`, id, [...state.list(collection).keys()])
      return document
    },
  )
  app.put(
    '/state/:collection/:id',
    {
      schema: {
        operationId: 'putDocument',
        summary: 'Puts one document',
        tags,
        params: ById,
        querystring: SessionQuery,
        body: AnyObject,
        response: { 200: AnyObject },
      },
    },
    async (request): Promise<Document> => {
      const { collection, id } = request.params
      const contents = collectionsIn({ [collection]: { [id]: exactBody(request.body) } })
      const document = contents[collection]?.[id] ?? {}
      await stateOf(controlledSession(sessions, request)).update((state) =>
        state.put(collection, id, document),
      )
      return document
    },
  )
  app.delete(
    '/state/:collection/:id',
    {
      schema: {
        operationId: 'deleteDocument',
        summary: 'Removes one document',
        tags,
        params: ById,
        querystring: SessionQuery,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const { collection, id } = request.params
      const known = await stateOf(controlledSession(sessions, request)).update((state) => {
        const ids = [...state.list(collection).keys()]
        state.delete(collection, id)
        return ids
      })
      if (!known.includes(id)) throw unknownTarget(`document in ${collection}`, id, known)
      return reply.code(204).send(null)
    },
  )
}
