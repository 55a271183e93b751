import type { Answer } from './answers.js'
import type { Node } from './node.js'

/** What was answered, by whom, and over which of its connections. */
export interface Answered {
  readonly answer: Answer
  readonly node: Node
  readonly connection: number
}

/** Something that is asked of the node that holds a key. */
export interface Question {
  readonly key: string
  /** Rejects with what {@link Node.call} rejects with, which is where `asking` is explained. */
  readonly ask: (node: Node, asking: boolean) => Promise<Answer>
  /** The error for what `ask` rejects with. */
  readonly told: (error: unknown, node: Node) => Error
}

/** Those that hold the keys of a stand-in. */
export interface Nodes {
  readonly isCluster: boolean
  /** Those that hold keys now. */
  readonly all: readonly Node[]
  /** Resolves when all can be used. Rejects with STANDIN_ERR_STORE_*. */
  open(): Promise<void>
  /** The one that holds a key. */
  of(key: string): Node
  /** Rejects with STANDIN_ERR_STORE_*. */
  ask(question: Question): Promise<Answered>
  /** Told that a node is away, in whose place another may come. */
  follow(): void
  close(): void
}

/** Asks one node. Rejects with what it rejects with. */
export async function askOne(node: Node, { ask }: Question, asking: boolean): Promise<Answered> {
  const { connection } = node
  return { answer: await ask(node, asking), node, connection }
}

/** One Redis, which holds all keys. */
export class SoleNode implements Nodes {
  readonly isCluster = false
  readonly all: readonly [Node]

  constructor(node: Node) {
    this.all = [node]
  }

  open(): Promise<void> {
    return this.all[0].open()
  }

  of(): Node {
    return this.all[0]
  }

  async ask(question: Question): Promise<Answered> {
    const [node] = this.all
    node.check()
    try {
      return await askOne(node, question, false)
    } catch (error) {
      throw question.told(error, node)
    }
  }

  follow(): void {}

  close(): void {
    this.all[0].close()
  }
}
