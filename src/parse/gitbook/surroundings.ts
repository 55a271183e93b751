import { append } from '../../operation/append.js'
import type { Code, Heading, Table } from '../blocks.js'
import { readCurls } from '../curl.js'
import { readSamples, type Sample } from '../sample.js'
import { linksOf } from '../text.js'
import { readResultCodes, readStatusRows } from './code-tables.js'
import type { BlockFacts, ResponseFacts } from './facts.js'
import { inlineSample } from './inline-sample.js'
import type { Item } from './sections.js'
import { readStatus } from './statuses.js'
import { readFields } from './tables.js'
import { isClientCode, isExample, isFields, placeOf, roleOf } from './words.js'

/** What stands over an item, the nearest first: its tab, the line before it, the headings above. */
type Labels = readonly string[]

/**
 * What stands around a block and belongs to it: tabs and listings with curl, request and response
 * samples, tables of fields and of result codes, hints, links. Added to the block's facts.
 */
export function readSurroundings(items: readonly Item[], facts: BlockFacts): void {
  const file = facts.source.file
  let headings: Heading[] = []
  let line = ''
  for (const item of items) {
    const { block } = item
    const labels = [item.tab ?? '', line, ...headings.map(({ text }) => text)].filter((label) => label !== '')
    if (block.kind === 'heading') {
      headings = [block, ...headings.filter(({ level }) => level < block.level)]
      line = ''
    } else if (block.kind === 'code') readListing(block, labels, facts)
    else if (block.kind === 'table') readTable(block, labels, facts)
    else if (block.kind === 'paragraph') {
      const samples = inlineSample(block, file)
      if (samples !== undefined) addSamples(samples, labels, facts)
      else if (isLabel(block.text, block.markdown)) line = block.text
      else {
        if (item.hint) facts.description.push(block.text)
        facts.links.push(
          ...linksOf(block.markdown).map((link) => ({ ...link, source: { file, line: block.line } })),
        )
      }
    }
  }
}

/** A short line that heads what follows it: bold as a whole, or ending in a colon. */
export const isLabel = (text: string, markdown: string): boolean =>
  text.length < 80 &&
  !text.includes('\n') &&
  (/^(\*\*|__)[^*]{1,80}\1:?$/.test(markdown.trim()) || /[:：]$/.test(text))

function readListing(code: Code, labels: Labels, facts: BlockFacts): void {
  const at = { file: facts.source.file, line: code.line }
  const curls = readCurls(code.text, at)
  if (curls.length > 0) append(facts.curls, curls)
  else addSamples(readSamples(code.text, at, code.info), labels, facts, code.info)
}

function addSamples(samples: readonly Sample[], labels: Labels, facts: BlockFacts, info = ''): void {
  const near = labels[0] ?? ''
  const client = isClientCode(info) || isClientCode(near)
  // "Parameter example" says what is sent, though a heading of parameters further up says nothing of samples.
  const parameters = isExample(near) && isFields(near) && roleOf(near) === undefined
  const said = parameters ? 'request' : labels.map(roleOf).find((role) => role !== undefined)
  for (const sample of samples) {
    if (sample.kind === 'text' && client) continue
    const role = said ?? guessRole(sample, facts)
    if (role === 'response') responseFor(labels, facts, sample.source).samples.push({ label: '', sample })
    else if (role === 'request') facts.requests.push({ label: near, sample })
  }
}

/**
 * Without a word that says so: a sample with the body's members is a request, and so is a second one
 * where the block already shows what it answers; everything else is a reply.
 */
function guessRole(sample: Sample, facts: BlockFacts): 'request' | 'response' | undefined {
  if (sample.kind !== 'json') return undefined
  if (/^(?:get|head)$/i.test(facts.method?.trim() ?? '')) return 'response'
  const fields = facts.fields.filter((field) => field.in === 'body' || field.in === 'path').slice(0, 50)
  if (fields.some(({ name }) => sample.text.includes(`"${name}"`))) return 'request'
  const answered = facts.responses.some(({ samples }) => samples.some(({ sample }) => sample.kind === 'json'))
  return answered ? 'request' : 'response'
}

/** The reply that labels name, by its status where one of them has it. */
function responseFor(labels: Labels, facts: BlockFacts, source: ResponseFacts['source']): ResponseFacts {
  const label = labels[0] ?? ''
  const read = labels.map(readStatus).find(({ status }) => status !== undefined)
  const key = `${read?.status ?? ''} ${label}`
  const same = facts.labelled.get(key)
  if (same !== undefined) return same
  const response: ResponseFacts = { label, samples: [], fields: [], source }
  if (read?.status !== undefined) response.statusText = read.status
  if (read?.description !== undefined) response.description = read.description
  facts.labelled.set(key, response)
  facts.responses.push(response)
  return response
}

function readTable(table: Table, labels: Labels, facts: BlockFacts): void {
  const file = facts.source.file
  const all = labels.join(' ')
  const statuses = readStatusRows(table, all, file)
  const codes = statuses === undefined ? readResultCodes(table, all, file) : undefined
  append(facts.responses, statuses ?? [])
  append(facts.resultCodes, codes ?? [])
  const fields = statuses === undefined && codes === undefined ? readFields(table, file) : undefined
  if (fields === undefined) return
  const label = labels.find((text) => roleOf(text) !== undefined || placeOf(text) !== undefined) ?? ''
  const role = roleOf(label)
  if (role === 'response') {
    append(responseFor(labels, facts, { file, line: table.line }).fields, fields)
    return
  }
  const place = placeOf(label)
  // A table under words that say nothing of parameters lists something else: values, versions, limits.
  if (place === undefined && role === undefined && labels.length > 0 && !labels.some(isFields)) return
  const placed = place === undefined ? {} : { in: place }
  append(
    facts.fields,
    fields.map((field) => ({ ...field, ...placed })),
  )
}
