/** What words of documentation say of a type, by the terms that they come down to. */
const WORDS = {
  string: `string strin strings sting str text varchar nvarchar varchar2 char chars character characters alphanumeric alphanum alpha
    date datetime time url uri link ip ipv4 ipv6 base64 hex html xml password iso8601 text/plain
    字符串 字串 文字列 문자열 строка рядок cadena texto chaîne chaine zeichenkette zeichenfolge metin dize yazı testo stringa ciąg tekst
    tarih datum fecha дата 日期 日付 날짜 chuỗi`,
  integer: `integer int integers ints int8 int16 int32 int64 uint uint8 uint16 uint32 uint64 long short bigint biginteger
    整数 整型 整數 정수 целое entero inteiro entier ganzzahl tamsayı intero`,
  number: `number numbers float float32 float64 double decimal bigdecimal real num 数字 數字 数値 数值 숫자 число número numero nombre zahl
    sayı liczba`,
  boolean: `boolean bool booleans true/false flag 布尔 布尔值 布林 真偽値 불리언 логический booleano booleana booléen booleen boolesch
    wahrheitswert mantıksal`,
  object:
    'object obj objects jsonobject struct 对象 物件 オブジェクト 객체 объект objeto objet objekt nesne oggetto obiekt',
  array: `array arrays list lists set collection arraylist jsonarray vector tuple 数组 陣列 列表 配列 배열 массив список lista arreglo
    tableau liste dizi vetor`,
  map: 'map dict dictionary hash hashmap record',
  null: 'null nil void',
  any: 'any mixed',
  /** An object or an array. */
  json: 'json',
  /** Digits, as a number or as a string: "Numeric(4)" of a PIN says nothing of quotes. */
  numeric: 'numeric numerical digits',
  /** A moment, as a number or as a string. */
  timestamp: 'timestamp epoch unixtime',
  uuid: 'uuid guid uuidv4',
  email: 'email e-mail',
  'date-time': 'date-time',
  binary: 'file binary blob upload',
  /** One of a list that is given elsewhere. */
  enum: 'enum enumeration enumerated',
}

export type Base = keyof typeof WORDS

const BASES: ReadonlyMap<string, Base> = new Map(
  keysOf(WORDS).flatMap((base) => WORDS[base].split(/\s+/).map((word) => [word, base] as const)),
)

function keysOf<Key extends string>(record: Record<Key, unknown>): Key[] {
  const keys: Key[] = []
  for (const key in record) keys.push(key)
  return keys
}

export const baseOf = (word: string): Base | undefined => BASES.get(word.toLowerCase())
