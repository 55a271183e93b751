/**
 * The names of keys. Those of one session share a hash tag, so that a Redis Cluster keeps them on one
 * node and scripts may touch them together; those of the whole stand-in share another
 * (https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/, hash tags).
 */
export class Keys {
  readonly prefix: string

  constructor(prefix: string) {
    this.prefix = prefix
  }

  /** @param session `''` for the default one */
  session(session: string, part: string): string {
    return `${this.prefix}:{session:${session}}:${part}`
  }

  /** Those that say nothing: with some number each node of a cluster is the one that serves it. */
  probe(number: number): string {
    return `${this.prefix}:{probe:${number}}:written`
  }

  shared(part: string): string {
    return `${this.prefix}:{shared}:${part}`
  }
}
