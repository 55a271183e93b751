import { fit, type MediaRange, parseMediaRange, splitUnquoted } from './media-range.js'

/**
 * Content negotiation, RFC 9110 section 12.5.1: the index of the best of the offered media types,
 * or undefined where the client accepts none. The weight of an offer is that of the range that fits
 * it most closely. Among equal weights the offer that is named more closely wins, then the one that is
 * named first, since clients write what they like best first, then the order of the description. An `Accept` that cannot be read counts for nothing.
 */
export function negotiate(accept: string | undefined, offered: readonly string[]): number | undefined {
  if (accept === undefined || accept === '*/*' || accept === offered[0])
    return offered.length > 0 ? 0 : undefined
  const ranges = parseAccept(accept)
  if (ranges.length === 0) return offered.length > 0 ? 0 : undefined
  let best: (Weight & { readonly index: number }) | undefined
  for (const [index, text] of offered.entries()) {
    const media = parseOffer(text)
    const weight = media && weigh(ranges, media)
    if (!weight || weight.quality === 0) continue
    if (
      !best ||
      weight.quality > best.quality ||
      (weight.quality === best.quality &&
        (weight.closeness > best.closeness ||
          (weight.closeness === best.closeness && weight.position < best.position)))
    ) {
      best = { ...weight, index }
    }
  }
  return best?.index
}

interface WeightedRange {
  readonly range: MediaRange
  /** 0 to 1; 0 means not acceptable. */
  readonly quality: number
}

interface Weight {
  readonly quality: number
  readonly closeness: number
  /** Of the range in the header. */
  readonly position: number
}

/** Clients send the same few headers over and over. Bounded, since anyone can send others. */
const parsed = new Map<string, readonly WeightedRange[]>()
const MOST = 500

function parseAccept(accept: string): readonly WeightedRange[] {
  const known = parsed.get(accept)
  if (known) return known
  const ranges: WeightedRange[] = []
  for (const text of splitUnquoted(accept, ',')) {
    const range = parseMediaRange(text.trim())
    if (range) ranges.push({ range, quality: qualityOf(range.parameters.get('q')) })
  }
  if (accept.length < 300) {
    if (parsed.size >= MOST) parsed.clear()
    parsed.set(accept, ranges)
  }
  return ranges
}

/** Offers come from the description, so there are no more of them than it has. */
const offers = new Map<string, MediaRange | undefined>()

function parseOffer(text: string): MediaRange | undefined {
  if (!offers.has(text)) offers.set(text, parseMediaRange(text))
  return offers.get(text)
}

function qualityOf(text: string | undefined): number {
  const quality = text === undefined || text === '' ? 1 : Number(text)
  return Number.isNaN(quality) ? 1 : Math.min(1, Math.max(0, quality))
}

function weigh(ranges: readonly WeightedRange[], media: MediaRange): Weight | undefined {
  let weight: Weight | undefined
  for (const [position, { range, quality }] of ranges.entries()) {
    const closeness = fit(range, media)
    if (closeness !== undefined && (!weight || closeness > weight.closeness)) {
      weight = { quality, closeness, position }
    }
  }
  return weight
}
