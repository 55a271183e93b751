import type { Behaviour, SessionState } from '../behaviour.js'
import type { Document, StateReader, StateWriter } from '../state.js'
import { DELETED, type Documents } from './documents.js'

/** The documents of resources by collection. */
export type KeptDocuments = ReadonlyMap<string, Documents>

/** A state in which the items that the docs show are there, too, until they are changed or deleted. */
export function overlaid(state: SessionState, kept: KeptDocuments): SessionState {
  if (kept.size === 0) return state
  return {
    read: async () => new OverlaidReader(await state.read(), kept),
    update: (change) => state.update((writer) => change(new OverlaidWriter(writer, kept))),
  }
}

/** A behaviour that sees such a state. */
export const withOverlay =
  (behaviour: Behaviour, kept: () => KeptDocuments): Behaviour =>
  (context) =>
    behaviour({ ...context, state: overlaid(context.state, kept()) })

class OverlaidReader<State extends StateReader> implements StateReader {
  constructor(
    protected readonly state: State,
    protected readonly kept: KeptDocuments,
  ) {}

  get(collection: string, id: string): Document | undefined {
    const documents = this.kept.get(collection)
    return documents ? documents.get(this.state, id) : this.state.get(collection, id)
  }

  collections(): string[] {
    const names = new Set([...this.state.collections(), ...this.kept.keys()])
    names.delete(DELETED)
    return [...names]
  }

  list(collection: string): ReadonlyMap<string, Document> {
    return this.kept.get(collection)?.all(this.state) ?? this.state.list(collection)
  }
}

class OverlaidWriter extends OverlaidReader<StateWriter> implements StateWriter {
  put(collection: string, id: string, document: Document): void {
    const documents = this.kept.get(collection)
    if (documents) documents.put(this.state, id, document)
    else this.state.put(collection, id, document)
  }

  delete(collection: string, id: string): void {
    const documents = this.kept.get(collection)
    if (documents) documents.delete(this.state, id)
    else this.state.delete(collection, id)
  }
}
