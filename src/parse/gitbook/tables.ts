import type { SourceLocation } from '../../operation/source.js'
import type { Table } from '../blocks.js'
import type { Field } from './facts.js'
import { words } from './words.js'

/** What the columns of a table hold. */
export type Column = 'name' | 'type' | 'required' | 'description' | 'example' | 'value' | 'code' | 'default'

/** The first that fits: "Field Description" is a description and "Parameter type" a type. */
const COLUMNS: readonly [Column, (text: string) => boolean][] = [
  [
    'required',
    words(
      'required, mandatory, optional, required?, m/o, o/m, obrigatóri*, obligatori*, requerido, zorunlu*, обязатель*, pflicht*, erforderlich, obligatoire, requis, 필수, 必填, 必须, 必選, 必选, 必需, 必須',
    ),
  ],
  [
    'type',
    words(
      'type, types, datatype, data type, format, tipo*, tip*, tür*, veri tipi, тип*, typ, datentyp, 타입, 자료형, 유형, 형식, 类型, 類型, 型',
    ),
  ],
  ['default', words('default, defaults, padrão, varsayılan, standardwert, 기본값, 默认, 默认值')],
  [
    'example',
    words(
      'example*, sample*, eg, e.g., exemplo*, ejemplo*, örnek*, пример*, beispiel*, exemple*, 예시, 예제, 示例, 範例, 例',
    ),
  ],
  [
    'description',
    words(
      'description*, desc, details, detail, meaning, message*, remark*, note*, comment*, explanation, reason, descri*, açıklama*, описани*, beschreibung*, bedeutung, signification, mensagem, mensaje, mesaj, nachricht, сообщени*, 설명, 비고, 내용, 메시지, 描述, 说明, 說明, 备注, 備註, 含义, 信息, 説明',
    ),
  ],
  [
    'code',
    words(
      'code, codes, response code, error code, status, status code, #, código*, kod*, код*, fehlercode, 코드, 상태, 代码, 錯誤碼, 错误码, 状态码, 返回码, コード',
    ),
  ],
  ['value', words('value, values, valor*, değer*, значени*, wert*, valeur*, 값, 值')],
  [
    'name',
    words(
      'name, names, field*, parameter*, param, params, key, keys, property, properties, attribute*, argument*, header*, variable*, element, nome, campo*, parâmetro*, parámetro*, nombre, ad, adı, isim, alan*, parametre*, имя, параметр*, поле, поля, названи*, заголовок, feld*, bezeichnung, nom, champ*, paramètre*, 이름, 필드, 필드명, 파라미터, 매개변수, 변수, 헤더, 키, 参数, 參數, 字段, 名称, 名稱, 欄位, 项目, 名前, 項目, パラメータ',
    ),
  ],
]

export function columnOf(header: string): Column | undefined {
  const text = header.replace(/[*_:]/g, ' ').trim()
  if (text === '#' || text === '\\#') return 'code'
  if (text.length > 60) return undefined
  return COLUMNS.find(([, fits]) => fits(text))?.[0]
}

/** The columns of a table by what they hold. A table whose head is a row of data has none. */
export function columnsOf(table: Table): Map<Column, number> {
  const columns = new Map<Column, number>()
  table.header.forEach((cell, i) => {
    const column = columnOf(cell)
    if (column !== undefined && !columns.has(column)) columns.set(column, i)
  })
  return columns
}

/** The rows of a table as fields; undefined where it is not a table of fields. */
export function readFields(table: Table, file: string): Field[] | undefined {
  let columns = columnsOf(table)
  let rows = table.rows
  if (!columns.has('name')) {
    const guessed = headless(table)
    if (guessed === undefined) return undefined
    columns = guessed
    rows = [{ cells: table.header, line: table.line }, ...rows]
  }
  if (
    !(['type', 'description', 'required', 'value', 'example'] as const).some((column) => columns.has(column))
  )
    return undefined
  return rows.flatMap(({ cells, line }) => {
    const cell = (column: Column): string | undefined => cells[columns.get(column) ?? -1]?.trim() || undefined
    const name = cell('name')
    return name === undefined ? [] : fieldOf(name, cell, { file, line })
  })
}

/** A table written without a head, whose first row became one: name, type, yes or no, description. */
function headless(table: Table): Map<Column, number> | undefined {
  const [name, ...others] = table.header
  if (name === undefined || !/^[\w.[\]-]{1,80}\*?$/.test(name)) return undefined
  const type = others.findIndex((cell) =>
    /^(?:string|number|numeric|int|integer|bool|boolean|object|array|date|long|double|float|decimal|list|map)\b/i.test(
      cell,
    ),
  )
  if (type === -1) return undefined
  const columns = new Map<Column, number>([
    ['name', 0],
    ['type', type + 1],
  ])
  others.forEach((cell, i) => {
    if (i === type) return
    if (requiredOf(cell) !== undefined && !columns.has('required')) columns.set('required', i + 1)
    else if (!columns.has('description')) columns.set('description', i + 1)
    else if (!columns.has('example')) columns.set('example', i + 1)
  })
  return columns
}

function fieldOf(raw: string, cell: (column: Column) => string | undefined, source: SourceLocation): Field[] {
  const name = fieldName(raw)
  if (name === undefined) return []
  const field: Field = { name: name.name, source }
  const stated = requiredOf(cell('required')) ?? requiredIn(cell('description') ?? cell('value'))
  if (name.required || stated !== undefined) field.required = name.required || stated === true
  const type = cell('type')
  if (type !== undefined && type !== '-' && type !== '—') field.typeText = type
  const description = cell('description')
  if (description !== undefined) field.description = description
  const value = cell('example') ?? cell('value')
  if (value !== undefined && value !== '-' && value !== '—') {
    if (description === undefined && /\s\S+\s/.test(value)) field.description = value
    else field.example = value
  }
  return [field]
}

/** `name*`, `name (required)`, `"name"`: the name alone, and whether it says that it is required. */
export function fieldName(raw: string): { name: string; required: boolean } | undefined {
  if (raw.length > 400) return undefined
  const required = /\*\s*$|\(\s*required\s*\)|\brequired\b\s*$/i.test(raw)
  const name = raw
    .replace(/\(?\b(?:required|optional|mandatory)\b\)?/gi, '')
    .replace(/[*​]/g, '')
    .trim()
    .replace(/^["'`“”]+|["'`“”:]+$/g, '')
    .trim()
  return name === '' || name.length > 120 || /\s\S+\s\S+\s/.test(name) ? undefined : { name, required }
}

const YES =
  /^(?:y|yes|true|required|mandatory|m|✓|✔|✅|√|o|sim|sí|si|evet|да|ja|oui|是|예|必填|필수|必須)\b|^(?:✓|✔|✅|√|是|예|必填|필수|必須|да)/i
const NO =
  /^(?:n|no|false|optional|not required|✗|✘|❌|x|não|nao|hayır|нет|nein|non)\b|^(?:✗|✘|❌|否|아니|选填|선택|任意|нет)/i

export function requiredOf(text: string | undefined): boolean | undefined {
  const clean = text?.trim() ?? ''
  if (NO.test(clean)) return false
  return YES.test(clean) ? true : undefined
}

/** "(required)" or "(optional)" inside a description. */
export function requiredIn(text: string | undefined): boolean | undefined {
  if (text === undefined) return undefined
  if (/\(\s*(?:required|mandatory)\s*\)/i.test(text)) return true
  return /\(\s*optional\s*\)/i.test(text) ? false : undefined
}
