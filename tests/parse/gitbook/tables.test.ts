import t from 'tap'
import type { Table } from '../../../src/parse/blocks.js'
import { readResultCodes, readStatusRows } from '../../../src/parse/gitbook/code-tables.js'
import { readFields } from '../../../src/parse/gitbook/tables.js'

const table = (header: string[], ...rows: string[][]): Table => ({
  kind: 'table',
  header,
  rows: rows.map((cells, i) => ({ cells, line: i + 3 })),
  line: 1,
})

const heads: { language: string; header: string[]; yes: string }[] = [
  { language: 'English', header: ['Name', 'Type', 'Required', 'Description'], yes: 'Yes' },
  {
    language: 'English, longer',
    header: ['Response Field', 'Data Type', 'Mandatory', 'Field Description'],
    yes: 'Y',
  },
  { language: 'Korean', header: ['이름', '타입', '필수', '설명'], yes: '필수' },
  { language: 'Chinese', header: ['参数名', '类型', '是否必填', '说明'], yes: '是' },
  { language: 'Portuguese', header: ['Nome', 'Tipo', 'Obrigatório', 'Descrição'], yes: 'Sim' },
  { language: 'Turkish', header: ['Alan', 'Tip', 'Zorunlu', 'Açıklama'], yes: 'Evet' },
  { language: 'German', header: ['Feld', 'Typ', 'Pflichtfeld', 'Beschreibung'], yes: 'Ja' },
  { language: 'Russian', header: ['Параметр', 'Тип', 'Обязательный', 'Описание'], yes: 'Да' },
]

for (const { language, header, yes } of heads) {
  void t.test(`the columns of a table in ${language}`, (t) => {
    t.strictSame(readFields(table(header, ['pin', 'string', yes, 'Secret']), 'a.md'), [
      {
        name: 'pin',
        required: true,
        typeText: 'string',
        description: 'Secret',
        source: { file: 'a.md', line: 3 },
      },
    ])
    t.end()
  })
}

void t.test('what a cell says of being required', (t) => {
  const required = (name: string, text: string): boolean | undefined =>
    readFields(table(['Name', 'Required', 'Description'], [name, text, 'd (optional)']), 'a.md')?.[0]
      ?.required
  t.equal(required('a*', ''), true)
  t.equal(required('a (required)', ''), true)
  t.equal(required('a', 'no'), false)
  t.equal(required('a', '선택'), false)
  t.equal(required('a', '?'), false, 'then the description decides')
  t.equal(readFields(table(['Name', 'Type'], ['a', 'b']), 'a.md')?.[0]?.required, undefined)
  t.end()
})

void t.test('a table without a head, whose first row became one', (t) => {
  const fields = readFields(
    table(['code', 'numeric(4)', 'Y', 'The code', '1120'], ['id', 'string(15)', 'N', 'The id', 'A']),
    'a.md',
  )
  t.match(fields, [
    { name: 'code', typeText: 'numeric(4)', required: true, example: '1120', source: { line: 1 } },
    { name: 'id', typeText: 'string(15)', required: false, example: 'A', source: { line: 3 } },
  ])
  t.end()
})

void t.test('tables of something else', (t) => {
  t.equal(readFields(table(['Type', 'Description'], ['3', 'Billing']), 'a.md'), undefined)
  t.equal(readFields(table(['Id', 'Name'], ['3', 'Billing']), 'a.md'), undefined)
  t.equal(
    readResultCodes(
      table(['Code', 'Description'], ['some words here', 'x'], ['more of them', 'y']),
      '',
      'a.md',
    ),
    undefined,
  )
  t.equal(readStatusRows(table(['Code', 'Description'], ['20', 'empty']), 'HTTP', 'a.md'), undefined)
  t.end()
})

void t.test('result codes and HTTP statuses', (t) => {
  const codes = readResultCodes(
    table(['Response Code', 'Response Description'], ['ONB014', 'Missing'], ['Code: 20', 'Empty']),
    '',
    'a.md',
  )
  t.match(codes, [
    { code: 'ONB014', description: 'Missing' },
    { code: '20', description: 'Empty' },
  ])
  t.match(readResultCodes(table(['ERR_1', 'No such thing'], ['ERR_2', 'Other']), 'Error codes', 'a.md'), [
    { code: 'ERR_1', source: { line: 1 } },
    { code: 'ERR_2', source: { line: 3 } },
  ])
  const rows = table(['상태 코드', '설명'], ['200', '성공'], ['404', '없음'])
  t.match(readStatusRows(rows, '', 'a.md'), [
    { statusText: '200', description: '성공' },
    { statusText: '404' },
  ])
  t.end()
})
