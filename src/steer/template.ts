import type Handlebars from 'handlebars'
import { addHelpers, type Means, TEMPLATE_HELPERS } from './template-helpers.js'
import { Refused } from './refused.js'

/** What a template can speak of. Values are JSON, numbers with their digits. */
export interface TemplateContext {
  readonly request: {
    readonly method: string
    /** Path and query, as they were sent. */
    readonly url: string
    /** Path parameters, decoded. */
    readonly path: Readonly<Record<string, string>>
    /** A list where a name is given several times. */
    readonly query: Readonly<Record<string, unknown>>
    /** Names in lower case. */
    readonly headers: Readonly<Record<string, unknown>>
    /** JSON, the members of a form, or text. */
    readonly body: unknown
  }
  /** Documents by id, by collection; empty for a template that does not ask for it. */
  readonly state: unknown
  readonly session: { readonly name: string }
}

/** A text with parts that are filled in for each call. */
export interface Template {
  /** Whether it asks for `state`. */
  readonly usesState: boolean
  render(context: TemplateContext, means: Means): string
}

/** Loaded with the first template, so that the start does not wait for it. */
let engine: Promise<typeof Handlebars> | undefined

async function loadEngine(): Promise<typeof Handlebars> {
  const { default: handlebars } = await import('handlebars')
  const own = handlebars.create()
  // It would print what it does not like.
  own.log = () => {}
  addHelpers(own)
  return own
}

/** Options under which nothing of JavaScript's own can be reached, and an unknown helper is found at once. */
const OPTIONS = {
  noEscape: true,
  knownHelpersOnly: true,
  // It prints, and is known unless it is named here.
  knownHelpers: { ...TEMPLATE_HELPERS, log: false },
}

export const isTemplate = (text: string): boolean => text.includes('{{')

/**
 * A Handlebars template (https://handlebarsjs.com/guide/), of which only values and helpers are taken:
 * no partials, no decorators. Throws {@link Refused}, with the line, for a text that is none.
 */
export async function compileTemplate(text: string, pointer: string): Promise<Template> {
  engine ??= loadEngine()
  const own = await engine
  try {
    const heads = new Set<string>()
    inspect(own.parse(text), heads)
    // Compiling is put off until the first use, so what it finds is asked for here.
    own.precompile(text, OPTIONS)
    const render = own.compile(text, OPTIONS)
    return {
      usesState: heads.has('state') || heads.has(''),
      render: (context, means) =>
        render(context, {
          data: { means },
          allowProtoMethodsByDefault: false,
          allowProtoPropertiesByDefault: false,
        }),
    }
  } catch (error) {
    if (error instanceof Refused) throw error.within(pointer)
    throw new Refused(pointer, faultOf(error instanceof Error ? error.message : String(error)))
  }
}

/** What Handlebars has against a template, in a sentence with the line. */
function faultOf(message: string): string {
  const [, line, near] = /^Parse error on line (\d+):\n(.*)\n/.exec(message) ?? []
  if (line !== undefined) return `Line ${line}: the template cannot be read at "${near}"`
  const [, helper, at] = /unknown helper (\S+) - (\d+):/.exec(message) ?? []
  if (helper !== undefined) {
    return `Line ${at}: there is no helper '${helper}'. There is: ${Object.keys(TEMPLATE_HELPERS).join(', ')}`
  }
  const [, what = message, where = '1'] = /^(.*) - (\d+):\d+$/.exec(message) ?? []
  return `Line ${where}: ${what}`
}

const FORBIDDEN: Readonly<Record<string, string>> = {
  PartialStatement: 'partials ({{> …}})',
  PartialBlockStatement: 'partials ({{#> …}})',
  Decorator: 'decorators ({{* …}})',
  DecoratorBlock: 'decorators ({{#* …}})',
}

/** Refuses what a template may not have, and gathers the names that its paths begin with. */
function inspect(node: unknown, heads: Set<string>): void {
  if (typeof node !== 'object' || node === null) return
  const type: unknown = 'type' in node ? node.type : undefined
  const forbidden = FORBIDDEN[String(type)]
  if (forbidden !== undefined)
    throw new Refused('', `Line ${lineOf(node)}: templates here have no ${forbidden}`)
  if (type === 'PathExpression' && 'original' in node) heads.add(headOf(String(node.original)))
  for (const child of Object.values(node)) inspect(child, heads)
}

/** `state` of `state.accounts` and of `../state`; empty for `this`, which may be everything. */
const headOf = (path: string): string =>
  path.replace(/^(@root|this|\.{1,2})?([./]|$)/, '').split(/[./[]/, 1)[0] ?? ''

function lineOf(node: object): number {
  const loc: unknown = 'loc' in node ? node.loc : undefined
  const start: unknown = typeof loc === 'object' && loc !== null && 'start' in loc ? loc.start : undefined
  return typeof start === 'object' && start !== null && 'line' in start ? Number(start.line) : 1
}
