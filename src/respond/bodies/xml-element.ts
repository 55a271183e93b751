import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { isObject } from '../../operation/json-object.js'
import { Malformed } from './malformed.js'

/** Names are local names, without a prefix. */
export interface Element {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly Element[]
  /** All text directly inside, without white space around it. */
  readonly text: string
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
})

/** The root element of a well-formed document (XML 1.0). Throws Malformed. */
export function parseXml(text: string): Element {
  const outcome = XMLValidator.validate(text)
  if (outcome !== true) {
    const { line, msg } = outcome.err
    throw new Malformed('syntax', `is not well-formed XML: line ${line}: ${msg}`)
  }
  const [root, ...more] = elementsOf(parse(text))
  if (!root || more.length > 0) throw new Malformed('syntax', 'must be XML with one root element')
  return root
}

/** The parser sets bounds to entities of the document's own, and throws where they are passed. */
function parse(text: string): unknown {
  try {
    return parser.parse(text)
  } catch (error) {
    throw new Malformed(
      'syntax',
      `is XML that cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}

/** A body must not be able to exhaust the stack. */
const DEEPEST = 200

/** The parser's nodes are `{ name: nodes, ':@': attributes }`, text is `{ '#text': text }`. */
function elementsOf(nodes: unknown, depth = 0): Element[] {
  if (!Array.isArray(nodes)) return []
  if (depth > DEEPEST) throw new Malformed('syntax', `is XML that nests deeper than ${DEEPEST} levels`)
  return nodes.filter(isObject).flatMap((node) => {
    const name = Object.keys(node).find((key) => key !== ':@' && key !== '#text')
    return name === undefined ? [] : [elementOf(name, node, depth)]
  })
}

function elementOf(name: string, node: Readonly<Record<string, unknown>>, depth: number): Element {
  const content = node[name]
  const texts = Array.isArray(content)
    ? content.map((child) => (isObject(child) ? (child['#text'] ?? '') : ''))
    : []
  const attributes = isObject(node[':@']) ? Object.entries(node[':@']) : []
  return {
    name: localName(name),
    attributes: new Map(
      attributes
        .filter(([key]) => !/^(xmlns|xsi)(:|$)/.test(key))
        .map(([key, value]) => [localName(key), String(value)]),
    ),
    children: elementsOf(content, depth + 1),
    text: texts.map(String).join('').trim(),
  }
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1)
