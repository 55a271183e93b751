import { headerText } from '../decision.js'
import { negotiate } from '../accept.js'
import type { BehaviourReply, CheckedRequest } from '../behaviour.js'
import type { Document } from '../state.js'
import type { Scope } from './key.js'
import type { Keeper } from './keeper.js'
import type { ResourceOperation } from './resource.js'
import { scalarText } from './scalar.js'
import { type Success, successOf } from './success.js'

/** One operation of a kept resource: what its requests mean, and how it answers. */
export class Acting {
  readonly #success: Success | undefined

  constructor(
    readonly keeper: Keeper,
    readonly one: ResourceOperation,
  ) {
    this.#success = successOf(one.operation, one.action)
  }

  scopeOf(request: CheckedRequest): Scope {
    return this.one.parents.map((name) => scalarText(request.path[name]) ?? '')
  }

  /** The identifier that path or query give; undefined where they give none. */
  idOf({ path, query }: CheckedRequest): string | undefined {
    const { parameter } = this.one
    if (parameter === undefined) return undefined
    return scalarText(Object.hasOwn(path, parameter) ? path[parameter] : query[parameter])
  }

  /** What a request would not get, before anything is changed for it. */
  unacceptable(request: CheckedRequest): BehaviourReply | undefined {
    const offered = (this.#success?.response.content ?? []).map(({ mediaType }) => mediaType)
    const accept = request.header('accept')
    if (offered.length === 0 || negotiate(accept, offered) !== undefined) return undefined
    return this.refusal(
      '406',
      'not-acceptable',
      `The docs have the reply as ${offered.join(', ')}, not as ${accept}`,
    )
  }

  /** The answer of success, with the item where the docs show it. */
  reply(scope: Scope, id: string, document: Document, done: string, success = this.#success): BehaviourReply {
    const name = [this.keeper.resource.collection, ...scope, id].join('/')
    const body = this.keeper.shownBy(this.one)
    const status = String(success?.status ?? 200)
    if (!body || !success?.content) return { status, reason: `${name} was ${done}` }
    const { item, flaw, around } = body.item(document)
    const label = this.keeper.documents.templates.shownBy(document)
    return {
      status,
      body: body.with(item),
      fromState: label === undefined ? name : `${name}, as the docs show it`,
      ...(label !== undefined && { headers: { 'standin-example': headerText(label) } }),
      flaw: flaw ?? around,
      reason: `${name} was ${done}`,
    }
  }

  missing(scope: Scope, id: string): BehaviourReply {
    const name = [this.keeper.resource.collection, ...scope, id].join('/')
    return this.refusal('404', 'no-such-item', `${name} is not there`)
  }

  refusal(
    status: string,
    code: NonNullable<BehaviourReply['problem']>['code'],
    detail: string,
    violations?: NonNullable<BehaviourReply['problem']>['violations'],
  ): BehaviourReply {
    return { status, reason: detail, problem: { code, detail, violations } }
  }
}
