import { Kind, type TRecord, type TSchema, Type, TypeGuard } from '@sinclair/typebox'
import { accepts, type JsonKind, kindOf } from './accepts.js'
import { areData } from './data-keys.js'
import { emptyNode, type FieldNode, ITEM, itemsOf, place, stepsOf } from './field-tree.js'
import type { Finding } from './finding.js'
import { isObject } from './json-object.js'
import type { Parameter } from './operation.js'
import { SampleIndex } from './sample-index.js'
import { formatSource, SOURCE_KEYWORD, type SourceLocation } from './source.js'

/** Deeper than any body that is meant, and shallow enough for every validator's stack. */
const DEEPEST = 64

/**
 * The schema of a body from all that is known of it: values of samples (from `parseExact`) and rows
 * of tables. It allows every sample; where rows and samples disagree the samples hold and the row
 * gets a finding. Objects stay open. A member is required where every sample has it and no row says
 * otherwise. `at` is the place that documents the body. `silentRows` says what a row means that calls
 * its member neither required nor optional: in a table of what to send, that it may be left out.
 */
export function inferSchema(evidence: {
  samples: readonly unknown[]
  fields: readonly Parameter[]
  at: SourceLocation
  silentRows?: 'as-shown' | 'optional'
}): { schema: TSchema; findings: Finding[] } {
  const inference = new Inference(evidence.at, evidence.silentRows === 'optional')
  const schema = inference.schemaOf(evidence.samples, treeOf(evidence.fields, evidence.samples), 0)
  return { schema: { [SOURCE_KEYWORD]: formatSource(evidence.at), ...schema }, findings: inference.findings }
}

function treeOf(fields: readonly Parameter[], samples: readonly unknown[]): FieldNode | undefined {
  if (fields.length === 0) return undefined
  const root = emptyNode()
  const index = new SampleIndex(samples)
  const rows = fields.map((field) => ({ field, name: field.name.trim() }))
  for (const { field, name } of rows) {
    const steps = index.hasAtTop(name) ? [name] : stepsOf(name)
    // Tables often list a nested member by its own name alone.
    const [first] = steps
    const nested =
      steps.length === 1 && first !== ITEM && !index.hasAtTop(name) ? index.placeOf(name) : undefined
    if (name !== '') place(root, nested ?? steps, field)
  }
  return root
}

class Inference {
  readonly findings: Finding[] = []
  readonly #at: SourceLocation

  constructor(
    at: SourceLocation,
    private readonly silenceIsOptional: boolean,
  ) {
    this.#at = at
  }

  schemaOf(values: readonly unknown[], node: FieldNode | undefined, depth: number): TSchema {
    const schema = depth > DEEPEST ? Type.Unknown() : this.#bare(values, node, depth)
    const field = node?.field
    if (field === undefined) return schema
    const { description } = field
    return {
      ...schema,
      ...(description !== undefined && description !== '' && { description }),
      [SOURCE_KEYWORD]: formatSource(field.source),
    }
  }

  #bare(values: readonly unknown[], node: FieldNode | undefined, depth: number): TSchema {
    const declared = node?.field?.schema
    if (values.length === 0) return this.#declaredOnly(node, depth)
    const kinds = new Set(values.map(kindOf))
    const isNullable = kinds.delete('null')
    if (kinds.has('number')) kinds.delete('integer')
    const [kind] = kinds
    if (kind === undefined) {
      const known = this.#declaredOnly(node, depth)
      return isOpen(known) ? known : nullable(known)
    }
    const given = values.filter((value) => value !== null)
    if (kinds.size > 1) {
      if (declared !== undefined && !isOpen(declared)) {
        if (values.every((value) => accepts(declared, value))) return declared
        this.#contradicted(node, [...kinds].join(' and '))
      }
      return Type.Unknown()
    }
    const schema = this.#ofKind(kind, given, node, depth)
    return isNullable ? nullable(schema) : schema
  }

  /** No sample shows a value: what the rows say alone. */
  #declaredOnly(node: FieldNode | undefined, depth: number): TSchema {
    if (node === undefined) return Type.Unknown()
    const declared = node.field?.schema ?? Type.Unknown()
    if (node.items !== undefined || (node.members.size > 0 && TypeGuard.IsArray(declared))) {
      return Type.Array(this.schemaOf([], itemsOf(node), depth + 1))
    }
    return node.members.size > 0 ? this.#object([], node, depth) : declared
  }

  #ofKind(kind: JsonKind, values: readonly unknown[], node: FieldNode | undefined, depth: number): TSchema {
    const declared = node?.field?.schema
    const fits =
      declared === undefined || isOpen(declared) || values.every((value) => accepts(declared, value))
    if (!fits && kind !== 'array') this.#contradicted(node, kind)
    if (kind === 'object') {
      const objects = values.filter(isObject)
      const map = node?.members.size === 0 ? mapOf(declared) : undefined
      if (map !== undefined && isMap(map, objects)) return map
      // A contradiction is told once, and one about the kind has been told.
      if (map !== undefined && fits) this.#contradicted(node, 'object')
      return this.#object(objects, node, depth)
    }
    if (kind === 'array') return this.#array(values.filter(Array.isArray), node, depth)
    return (fits && declared !== undefined ? narrow(declared, kind) : undefined) ?? plain(kind)
  }

  #array(values: readonly unknown[][], node: FieldNode | undefined, depth: number): TSchema {
    const declared = node?.field?.schema
    const isArray =
      declared === undefined || isOpen(declared) || branchesOf(declared).some((one) => TypeGuard.IsArray(one))
    // Rows for the members of items may come without brackets or parents, and a row for the whole says what an item is.
    if (!isArray && !TypeGuard.IsObject(declared)) this.#contradicted(node, 'array')
    const items = itemsOf(node) ?? itemRow(node)
    return Type.Array(this.schemaOf(values.flat(), items, depth + 1))
  }

  #object(values: readonly Record<string, unknown>[], node: FieldNode | undefined, depth: number): TSchema {
    const members = new Map<string, unknown[]>()
    for (const value of values) {
      for (const [name, member] of Object.entries(value)) {
        const known = members.get(name)
        if (known) known.push(member)
        else members.set(name, [member])
      }
    }
    const rows = node?.members ?? new Map<string, FieldNode>()
    if (rows.size === 0 && areData([...members.keys()])) {
      return Type.Record(Type.String(), this.schemaOf([...members.values()].flat(), undefined, depth + 1))
    }
    const properties: Record<string, TSchema> = {}
    for (const name of new Set([...members.keys(), ...rows.keys()])) {
      // No validator looks at a member of this name.
      if (name === '__proto__') continue
      const shown = members.get(name) ?? []
      const row = rows.get(name)
      const schema = this.schemaOf(shown, row, depth + 1)
      properties[name] = this.#isRequired(shown.length, values.length, row) ? schema : Type.Optional(schema)
    }
    return Type.Object(properties)
  }

  #isRequired(shown: number, of: number, row: FieldNode | undefined): boolean {
    const required = row?.field?.required
    if (of === 0) return required === true
    if (shown < of && required === true && row?.field !== undefined) {
      const { name, source } = row.field
      this.#report(
        'sample-lacks-required',
        `"${name}" is documented as required, and ${this.#where()} shows a body without it.`,
        source,
      )
    }
    const stated = row?.field !== undefined && this.silenceIsOptional ? required === true : required !== false
    return shown === of && stated
  }

  #contradicted(node: FieldNode | undefined, shown: string): void {
    const field = node?.field
    if (field === undefined) return
    const type = field.typeText?.trim() || describe(field.schema)
    this.#report(
      'sample-contradicts-type',
      `"${field.name}" is documented as ${type}, and ${this.#where()} shows ${shown === 'null' ? 'null' : `a value of kind ${shown} that it does not allow`}. The sample holds.`,
      field.source,
    )
  }

  #where = (): string => formatSource(this.#at)

  #report(rule: string, message: string, source: SourceLocation): void {
    if (
      this.findings.some(
        (one) => one.rule === rule && one.message === message && one.source.line === source.line,
      )
    )
      return
    this.findings.push({ rule, severity: 'warning', message, source })
  }
}

const isOpen = (schema: TSchema): boolean =>
  TypeGuard.IsUnknown(schema) ||
  TypeGuard.IsAny(schema) ||
  (schema[Kind] === undefined && Object.keys(schema).length === 0)

/** The declared map with values of a stated type, such as `Map<String,String>`. */
function mapOf(declared: TSchema | undefined): TRecord | undefined {
  const map = declared && branchesOf(declared).find((one) => TypeGuard.IsRecord(one))
  return map !== undefined && Object.values(map.patternProperties).some((one) => !isOpen(one))
    ? map
    : undefined
}

const isMap = ({ patternProperties }: TRecord, shown: readonly Record<string, unknown>[]): boolean =>
  Object.values(patternProperties).every((one) =>
    shown.every((value) => Object.values(value).every((member) => accepts(one, member))),
  )

const branchesOf = (schema: TSchema): TSchema[] => (TypeGuard.IsUnion(schema) ? schema.anyOf : [schema])

const nullable = (schema: TSchema): TSchema =>
  branchesOf(schema).some((one) => isOpen(one) || TypeGuard.IsNull(one))
    ? schema
    : Type.Union([...branchesOf(schema), Type.Null()])

/** The row of an array whose type says what its items are. */
function itemRow(node: FieldNode | undefined): FieldNode | undefined {
  const field = node?.field
  const array = field && branchesOf(field.schema).find((one) => TypeGuard.IsArray(one))
  if (field === undefined || array === undefined || isOpen(array.items)) return undefined
  const { description: _, ...rest } = field
  return { field: { ...rest, schema: array.items }, members: new Map() }
}

/** Of a declared type the alternatives that samples show, and null: `Numeric(4)` shown in quotes is a string of digits. */
function narrow(declared: TSchema, kind: JsonKind): TSchema | undefined {
  if (isOpen(declared)) return undefined
  const kept = branchesOf(declared).filter((one) => {
    const type: unknown = one['type']
    return (
      type === kind ||
      type === 'null' ||
      (kind === 'integer' && type === 'number') ||
      type === undefined ||
      (kind === 'number' && type === 'integer')
    )
  })
  const [first, ...others] = kept
  if (first === undefined) return undefined
  return others.length === 0 ? first : Type.Union(kept)
}

function plain(kind: JsonKind): TSchema {
  if (kind === 'string') return Type.String()
  if (kind === 'boolean') return Type.Boolean()
  return kind === 'integer' ? Type.Integer() : Type.Number()
}

function describe(schema: TSchema): string {
  return branchesOf(schema)
    .map((one) => String(one['type'] ?? 'another type'))
    .join(' or ')
}
