/**
 * A document to be laid out (Wadler, "A prettier printer"): text with places where a line may end. A
 * group is put on one line where it fits, else its own lines end. The words and rules are Prettier's,
 * so that what is printed here is what a formatter that follows it would leave as it is.
 */
export type Doc = string | Concat | Indent | Line | Group | Choice | IfBroken | Fill | After

interface Concat {
  readonly kind: 'concat'
  readonly parts: readonly Doc[]
  readonly broken: boolean
}
interface Indent {
  readonly kind: 'indent'
  readonly doc: Doc
  readonly broken: boolean
}
/** `flat` is what stands there when the line does not end. */
interface Line {
  readonly kind: 'line'
  readonly flat: string
  readonly broken: false
}
interface Group {
  readonly kind: 'group'
  readonly doc: Doc
  /** Must not be on one line. */
  readonly broken: boolean
}
/** The first of several layouts whose first line fits, else the last. */
interface Choice {
  readonly kind: 'choice'
  readonly layouts: readonly [Doc, Doc, Doc]
  readonly broken: boolean
}
interface IfBroken {
  readonly kind: 'if-broken'
  readonly ended: string
  readonly flat: string
  readonly broken: false
}
/** As many items on each line as fit. */
interface Fill {
  readonly kind: 'fill'
  readonly items: readonly Doc[]
  readonly broken: false
}

/** A space and the document; on a line of its own, further in, where even its beginning does not fit. */
interface After {
  readonly kind: 'after'
  readonly doc: Doc
  readonly broken: boolean
}

/** Whether a group somewhere inside must not be on one line, and so nothing around it can be. */
export const isBroken = (doc: Doc): boolean => typeof doc !== 'string' && doc.broken

export const concat = (...parts: readonly Doc[]): Doc => ({
  kind: 'concat',
  parts,
  broken: parts.some(isBroken),
})
export const indent = (...parts: readonly Doc[]): Doc => ({
  kind: 'indent',
  doc: concat(...parts),
  broken: parts.some(isBroken),
})
export const group = (doc: Doc, broken = false): Doc => ({
  kind: 'group',
  doc,
  broken: broken || isBroken(doc),
})
export const fill = (items: readonly Doc[]): Doc => ({ kind: 'fill', items, broken: false })
export const after = (doc: Doc): Doc => ({ kind: 'after', doc, broken: isBroken(doc) })
/** `broken` where something inside must not be on one line; the layouts see to that themselves. */
export const choice = (layouts: readonly [Doc, Doc, Doc], broken: boolean): Doc => ({
  kind: 'choice',
  layouts,
  broken,
})
/** One text where the line of the group around it ends, another where it does not. */
export const ifBroken = (ended: string, flat = ''): Doc => ({ kind: 'if-broken', ended, flat, broken: false })
/** A space, or the end of the line. */
export const line: Doc = { kind: 'line', flat: ' ', broken: false }
/** Nothing, or the end of the line. */
export const softLine: Doc = { kind: 'line', flat: '', broken: false }

export function join(docs: readonly Doc[], separator: Doc): Doc {
  return concat(...docs.flatMap((doc, i) => (i === 0 ? [doc] : [separator, doc])))
}
