import type { ResultCode } from '../../operation/operation.js'
import type { Table } from '../blocks.js'
import type { ResponseFacts } from './facts.js'
import { readStatus } from './statuses.js'
import { columnsOf } from './tables.js'
import { isHttpStatus, isResultCodes } from './words.js'

const CODE = /^[A-Za-z]{0,12}[-_]?\d{1,10}(?:[-_.]\w{1,12})?$|^[A-Z][A-Z0-9_]{2,60}$/

/** A table of HTTP statuses with their meanings; undefined where it is something else. */
export function readStatusRows(table: Table, labels: string, file: string): ResponseFacts[] | undefined {
  const columns = columnsOf(table)
  const code = columns.get('code')
  if (code === undefined) return undefined
  const said = isHttpStatus(table.header[code] ?? '') || isHttpStatus(labels)
  const rows = table.rows.map(({ cells, line }) => ({ ...readStatus(cells[code] ?? ''), cells, line }))
  if (rows.length === 0 || rows.some((row) => row.status === undefined)) return undefined
  // Without the word HTTP, `200` and `404` beside each other still can be nothing else.
  if (!said && !rows.some((row) => row.status === '200' || row.status === '404')) return undefined
  return rows.map((row) => {
    const description = row.cells[columns.get('description') ?? -1]?.trim() || row.description
    const response: ResponseFacts = {
      statusText: row.status ?? '',
      label: '',
      samples: [],
      fields: [],
      source: { file, line: row.line },
    }
    if (description !== undefined) response.description = description
    return response
  })
}

/** A table of the API's own codes; undefined where it is something else. */
export function readResultCodes(table: Table, labels: string, file: string): ResultCode[] | undefined {
  const columns = columnsOf(table)
  let code = columns.get('code')
  let description = columns.get('description')
  let rows = table.rows
  const first = table.header[0] ?? ''
  if (code === undefined && table.header.length === 2 && isResultCodes(labels)) {
    // A head is missing, or says only "Value" and "Meaning".
    code = 0
    description ??= 1
    if (CODE.test(first.trim())) rows = [{ cells: table.header, line: table.line }, ...rows]
  }
  if (code === undefined || rows.length === 0) return undefined
  if (columns.has('name') && columns.has('type')) return undefined
  const column = code
  const codes = rows.flatMap(({ cells, line }) => {
    // "Specific Code: 24442"
    const text = (cells[column] ?? '').trim().replace(/^[\p{L} ]{1,40}[:：#]\s{0,5}/u, '')
    if (!CODE.test(text)) return []
    const meaning =
      cells[description ?? -1]?.trim() || cells.find((cell, i) => i !== column && cell.trim() !== '')?.trim()
    return [
      { code: text, ...(meaning === undefined ? {} : { description: meaning }), source: { file, line } },
    ]
  })
  return codes.length * 2 >= rows.length ? codes : undefined
}
