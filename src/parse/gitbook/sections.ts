import type { Block, Code, Heading, Paragraph, Table, Tag } from '../blocks.js'
import { isExample, isFields, isRequest, isResponse, isResultCodes, words } from './words.js'

/** A block of a page in reading order, with the tab that it stands in. */
export interface Item {
  block: Heading | Paragraph | Code | Table | Tag
  /** Title of the innermost tab or code caption around it. */
  tab?: string
  /** True where the block stands in a hint. */
  hint?: boolean
}

/** A place that documents an operation, and the items around it that belong to it. */
export interface Section<Root> {
  root: Root
  heading?: Heading
  before: Item[]
  after: Item[]
}

/** All blocks in reading order; tags that `isRoot` names are kept whole, all others opened. */
export function flatten(blocks: readonly Block[], isRoot: (tag: Tag) => boolean): Item[] {
  const items: Item[] = []
  const walk = (list: readonly Block[], context: Pick<Item, 'tab' | 'hint'>): void => {
    for (const block of list) {
      if (block.kind !== 'tag' || isRoot(block)) {
        items.push({ block, ...context })
        continue
      }
      const title = block.attributes.values.get('title')
      const titled =
        title !== undefined && title.trim() !== '' && (block.name === 'tab' || context.tab === undefined)
      walk(block.children, {
        ...context,
        ...(titled ? { tab: title.trim() } : {}),
        ...(block.name === 'hint' ? { hint: true } : {}),
      })
    }
  }
  walk(blocks, {})
  return items
}

/**
 * Deals the items of a page out to its roots. What follows a root belongs to it until the next root
 * or a heading of its rank; a heading that names a part of a reference ("Response", "Error codes")
 * goes on with the root. What stands between such a heading and the next root belongs to that root.
 */
export function sectionsOf<Root>(
  items: readonly Item[],
  rootOf: (item: Item) => Root | undefined,
): Section<Root>[] {
  const sections: Section<Root>[] = []
  let current: Section<Root> | undefined
  let heading: Heading | undefined
  let pending: Item[] = []
  /** The heading that ended the last root's section. */
  let ended: Heading | undefined
  /** The last heading that named a part of the current root's reference. */
  let partHeading: Heading | undefined
  for (const item of items) {
    const root = rootOf(item)
    if (root !== undefined) {
      // A root that is a heading itself has no other heading, and nothing before it.
      const own = item.block.kind === 'heading'
      if (item.block.kind === 'heading') heading = item.block
      const before = own ? [] : pending
      current = { root, before, after: [], ...(heading === undefined ? {} : { heading }) }
      sections.push(current)
      pending = []
      partHeading = undefined
      continue
    }
    if (item.block.kind === 'heading' && item.block.text !== '') {
      const part = current !== undefined && isPart(item.block.text)
      const under = [current?.heading, partHeading].filter((outer) => outer !== undefined)
      const inner = under.some((outer) => item.block.kind === 'heading' && item.block.level > outer.level)
      if (part) partHeading = item.block
      const label = part || (heading !== undefined && isPart(item.block.text))
      const names = item.block.level < 7 && item.tab === undefined && !label
      if (names) heading = item.block
      if (current !== undefined && !part && !inner) {
        current = undefined
        ended = item.block
      } else if (
        current === undefined &&
        ended !== undefined &&
        isPart(item.block.text) &&
        item.block.level <= ended.level
      ) {
        // "Example request" beside the heading that ended the section is the root's again.
        current = sections.at(-1)
        pending = []
      }
      if (names) pending = []
    }
    // Under a deeper heading both are possible: it goes on with the root, unless another root follows.
    if (current === undefined) pending.push(item)
    else current.after.push(item)
  }
  return withDeeperHeadings(sections)
}

/**
 * A deeper heading right before the next root was that root's own: `## Users`, root, `### Create`,
 * root. Its items move from the first root to the second.
 */
function withDeeperHeadings<Root>(sections: Section<Root>[]): Section<Root>[] {
  sections.forEach((section, i) => {
    const previous = sections[i - 1]
    if (previous === undefined || section.heading === undefined) return
    const from = previous.after.findIndex((item) => item.block === section.heading)
    if (from !== -1) section.before = [...previous.after.splice(from), ...section.before]
  })
  return sections
}

/** A heading that heads a part of one operation's reference, and no operation of its own. */
const isPart = (text: string): boolean =>
  text.length < 60 &&
  (isGeneric(text) ||
    isResponse(text) ||
    isRequest(text) ||
    isExample(text) ||
    isResultCodes(text) ||
    isFields(text))

const isGeneric = words(
  'url, endpoint, resource, description, status, 설명, 描述, 说明, описание, descrição, açıklama, beschreibung',
)
