import type { Example } from '../../operation/operation.js'
import type { LabelledSample } from './facts.js'

/** Names for the examples of one operation: from their labels, each only once. */
export class ExampleNames {
  readonly #counts = new Map<string, number>()
  readonly #taken = new Set<string>()

  take(label: string, fallback: string): string {
    const name = slug(label) || fallback
    let free = name
    let count = this.#counts.get(name) ?? 1
    for (; this.#taken.has(free); count += 1) free = `${name}-${count + 1}`
    this.#counts.set(name, count)
    this.#taken.add(free)
    return free
  }
}

/** Words joined by hyphens, as a header field or a URL can carry them. */
function slug(label: string): string {
  const words =
    label
      .slice(0, 200)
      .toLowerCase()
      .match(/[a-z\d]+/g) ?? []
  return words.slice(0, 6).join('-').slice(0, 48)
}

/** Samples as examples; placeholders are none. A text that is shown twice is one example. */
export function examplesOf(
  samples: readonly LabelledSample[],
  names: ExampleNames,
  fallback: string,
): Example[] {
  const seen = new Set<string>()
  return samples.flatMap(({ label, sample }) => {
    if (sample.kind === 'placeholder' || sample.text === '' || seen.has(sample.text)) return []
    seen.add(sample.text)
    return [
      {
        name: names.take(label, fallback),
        mediaType: sample.mediaType,
        text: sample.text,
        origin: sample.origin,
        repairs: sample.repairs,
        source: sample.source,
      },
    ]
  })
}
