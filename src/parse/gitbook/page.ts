import { append } from '../../operation/append.js'
import type { SecurityScheme } from '../../operation/description.js'
import type { Finding } from '../../operation/finding.js'
import type { Operation } from '../../operation/operation.js'
import { type Block, readBlocks, type Tag } from '../blocks.js'
import { descriptionOf } from '../front-matter.js'
import type { SourceFile } from '../source-file.js'
import { readApiMethod } from './api-method.js'
import { assemble } from './assemble.js'
import { schemesOf, withSecurity } from './credentials.js'
import type { BlockFacts } from './facts.js'
import { type MethodLine, methodLineOf, readMarkHeading } from './mark-heading.js'
import { isOpenApiBlock, type OpenApiFiles, readOpenApiBlock } from './openapi-block.js'
import { flatten, type Item, type Section, sectionsOf } from './sections.js'
import { isLabel, readSurroundings } from './surroundings.js'
import { readSwagger } from './swagger.js'
import { GITBOOK_TAGS } from './tag-rules.js'

/** What a page documents. */
export interface Page {
  title: string | undefined
  operations: Operation[]
  /** Operations as curl commands call them where blocks say otherwise; served unless documented themselves. */
  alternatives: Operation[]
  findings: Finding[]
  /** What the operations' own security names. */
  securitySchemes: Record<string, SecurityScheme>
}

type Root = Tag | MethodLine

const ROOTS = new Set(['swagger', 'api-method', 'openapi', 'openapi-operation'])
const isRoot = (tag: Tag): boolean => ROOTS.has(tag.name)
const isTag = (root: Root): root is Tag => 'kind' in root

/** Reads a GitBook page, whichever dialects it uses. `files` reads the OpenAPI files that it embeds. */
export function readPage(file: SourceFile, files: OpenApiFiles): Page {
  const blocks = readBlocks(file.text, GITBOOK_TAGS)
  const page: Page = {
    title: titleOf(blocks),
    operations: [],
    alternatives: [],
    findings: [],
    securitySchemes: {},
  }
  const items = flatten(blocks, isRoot)
  const titles = new Set<string>()
  for (const section of withoutEchoes(sectionsOf(items, rootOf))) {
    readSection(section, titleOfSection(section, page, titles), file.path, files, page)
  }
  const [only, ...others] = page.operations
  const description = descriptionOf(file.text)
  // What a page says of itself is about its operation, if it has no more than one.
  if (only !== undefined && others.length === 0 && description !== undefined)
    for (const operation of [only, ...page.alternatives]) operation.description ??= description
  page.securitySchemes = schemesOf(page.operations)
  return page
}

const rootOf = ({ block }: Item): Root | undefined => (block.kind === 'tag' ? block : methodLineOf(block))

function titleOf(blocks: readonly Block[]): string | undefined {
  for (const block of blocks)
    if (block.kind === 'heading' && block.level === 1 && block.text !== '') return block.text
  return undefined
}

/** The heading over a place; only for the first place under it, as it says nothing of the others. */
function titleOfSection(
  { root, heading }: Section<Root>,
  page: Page,
  titles: Set<string>,
): string | undefined {
  if (!isTag(root) && root.heading) return undefined
  const title = heading?.text ?? page.title
  if (title === undefined || titles.has(`${heading?.line} ${title}`)) return undefined
  titles.add(`${heading?.line} ${title}`)
  return title
}

/** A heading such as `GET /users` over a block that says the same is that block's heading, and no second place. */
function withoutEchoes(sections: Section<Root>[]): Section<Root>[] {
  return sections.filter(({ root, before, after }, i) => {
    const next = sections[i + 1]
    if (isTag(root) || !root.plain || next === undefined || !isTag(next.root)) return true
    const { values } = next.root.attributes
    const same =
      values.get('method')?.trim().toUpperCase() === root.method && echoes(root.url, values.get('path') ?? '')
    if (same) next.before = [...before, ...after, ...next.before]
    return !same
  })
}

const echoes = (url: string, path: string): boolean =>
  path.trim() !== '' && (url.endsWith(path.trim()) || path.trim().endsWith(url))

function readSection(
  section: Section<Root>,
  title: string | undefined,
  file: string,
  files: OpenApiFiles,
  page: Page,
): void {
  const { root } = section
  const facts = factsOf(root, title, file)
  readSurroundings([...section.before, ...section.after], facts)
  if (facts.description.length === 0) append(facts.description, introduction(section))
  if (isTag(root) && isOpenApiBlock(root)) {
    const read = readOpenApiBlock(root, facts, files)
    append(page.operations, read.operations)
    append(page.findings, read.findings)
    return
  }
  if (!isTag(root) && root.plain && !saysMore(facts)) return
  const { operation, alternatives, findings } = assemble(facts)
  if (operation !== undefined) page.operations.push(withSecurity(operation))
  append(page.alternatives, alternatives.map(withSecurity))
  append(page.findings, findings)
}

function factsOf(root: Root, title: string | undefined, file: string): BlockFacts {
  if (!isTag(root)) return readMarkHeading(root, title, file)
  const facts = root.name === 'api-method' ? readApiMethod(root, file) : readSwagger(root, file)
  if (title !== undefined) facts.summary ??= title
  return facts
}

const saysMore = (facts: BlockFacts): boolean =>
  facts.fields.length + facts.requests.length + facts.responses.length + facts.curls.length > 0

/** The paragraphs that introduce an operation: those before its block, or right after a line that names it. */
function introduction({ root, before, after }: Section<Root>): string[] {
  const texts: string[] = []
  for (const { block, tab, hint } of isTag(root) ? before : after) {
    if (block.kind !== 'paragraph' || tab !== undefined || isLabel(block.text, block.markdown)) {
      if (isTag(root)) continue
      break
    }
    if (!hint && block.text !== '') texts.push(block.text)
  }
  return texts
}
