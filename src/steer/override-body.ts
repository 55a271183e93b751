import { parseExact, isLosslessNumber, stringifyExact } from '../operation/json.js'
import { joinPointer } from '../operation/pointer.js'
import { compileTemplate, isTemplate, type Template, type TemplateContext } from './template.js'
import type { Means } from './template-helpers.js'

/** The body of an override, ready to be sent. */
export interface PreparedBody {
  /** Whether it is the same for every call. */
  readonly fixed: boolean
  /** Whether it asks for the state of the session. */
  readonly usesState: boolean
  /** JSON, numbers with their digits, or a text. */
  render(context: TemplateContext, means: Means): unknown
}

/** How deep a body may be nested: it is gone through by functions that call themselves. */
const DEEPEST = 200

/** Finds the templates in the texts of a body. Throws Refused, with the pointer, for one that is broken. */
export async function prepareBody(body: unknown, pointer: string): Promise<PreparedBody> {
  const part = await prepare(body, pointer, 0)
  return part ?? { fixed: true, usesState: false, render: () => body }
}

/** Undefined for what holds no template. */
async function prepare(value: unknown, pointer: string, depth: number): Promise<PreparedBody | undefined> {
  if (typeof value === 'string') return isTemplate(value) ? prepareText(value, pointer) : undefined
  if (typeof value !== 'object' || value === null || isLosslessNumber(value) || depth > DEEPEST)
    return undefined
  const parts = new Map<string, PreparedBody>()
  for (const [name, member] of Object.entries(value)) {
    const part = await prepare(member, joinPointer(pointer, name), depth + 1)
    if (part) parts.set(name, part)
  }
  if (parts.size === 0) return undefined
  const filled = (name: string, member: unknown, context: TemplateContext, means: Means): unknown =>
    parts.has(name) ? parts.get(name)?.render(context, means) : member
  return {
    fixed: false,
    usesState: [...parts.values()].some(({ usesState }) => usesState),
    render: (context, means) =>
      Array.isArray(value)
        ? value.map((item: unknown, index) => filled(String(index), item, context, means))
        : Object.fromEntries(
            Object.entries(value).map(([name, member]) => [name, filled(name, member, context, means)]),
          ),
  }
}

/** A text that is nothing but `{{json …}}` stands for the value, not for its text. */
const VALUE_ALONE = /^\s*\{\{\{?\s*json\s[^{}]*\}\}\}?\s*$/

async function prepareText(text: string, pointer: string): Promise<PreparedBody> {
  const template: Template = await compileTemplate(text, pointer)
  const isValue = VALUE_ALONE.test(text)
  return {
    fixed: false,
    usesState: template.usesState,
    render: (context, means) => {
      const rendered = template.render(context, means)
      return isValue ? parseExact(rendered) : rendered
    },
  }
}

/** The text of a rendered body. */
export const bodyText = (value: unknown): string =>
  typeof value === 'string' ? value : stringifyExact(value)
