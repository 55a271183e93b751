import type { Raw } from '../schema/coerce.js'
import type { Decode } from './encoding.js'
import { alternatingOf, listOf, pairedOf, type Shape } from './shape.js'

export interface SegmentSerialisation {
  readonly name: string
  readonly style: string
  readonly explode: boolean
}

/**
 * Path parameters and headers by style, OpenAPI 3.1 section 4.8.12.4 (after RFC 6570): `simple`,
 * `label`, `matrix`. Undefined where the text is not of that form.
 */
export function readSegment(
  text: string,
  shape: Shape,
  { name, style, explode }: SegmentSerialisation,
  decode: Decode,
): Raw | undefined {
  if (style === 'label')
    return text.startsWith('.') ? readLabel(text.slice(1), shape, explode, decode) : undefined
  if (style === 'matrix') {
    return text.startsWith(';') ? readMatrix(text.slice(1), shape, name, explode, decode) : undefined
  }
  if (shape === 'primitive') return decode(text)
  if (text === '') return shape === 'array' ? [] : new Map()
  if (shape === 'array') return listOf(text, ',', decode)
  return explode ? pairedOf(text, ',', decode) : alternatingOf(text, ',', decode)
}

function readLabel(text: string, shape: Shape, explode: boolean, decode: Decode): Raw | undefined {
  if (shape === 'primitive') return decode(text)
  if (text === '') return shape === 'array' ? [] : new Map()
  // RFC 6570 joins with commas unless exploded; OpenAPI's own table used to show points in both.
  const delimiter = explode || !text.includes(',') ? '.' : ','
  if (shape === 'array') return listOf(text, delimiter, decode)
  return explode ? pairedOf(text, '.', decode) : alternatingOf(text, delimiter, decode)
}

function readMatrix(
  text: string,
  shape: Shape,
  name: string,
  explode: boolean,
  decode: Decode,
): Raw | undefined {
  if (shape === 'object' && explode) return pairedOf(text, ';', decode)
  const values: string[] = []
  for (const part of text.split(';')) {
    const equals = part.indexOf('=')
    if (decode(equals === -1 ? part : part.slice(0, equals)) !== name) return undefined
    values.push(equals === -1 ? '' : part.slice(equals + 1))
  }
  if (shape === 'array' && explode) return values.map(decode)
  const [value = '', ...more] = values
  if (more.length > 0) return undefined
  if (shape === 'primitive') return decode(value)
  if (value === '') return shape === 'array' ? [] : new Map()
  return shape === 'array' ? listOf(value, ',', decode) : alternatingOf(value, ',', decode)
}
