import type { ParameterPlace } from '../../operation/operation.js'

/**
 * What the words of a label (a tab's title, a heading, a table's head) say of what stands under it.
 * Latin and Cyrillic words match as whole words, the others wherever they stand.
 */

/** Portals repeat their labels on every page; an answer is kept for as many as a portal has. */
function remembered(test: (text: string) => boolean): (text: string) => boolean {
  const answers = new Map<string, boolean>()
  return (text) => {
    const known = answers.get(text)
    if (known !== undefined) return known
    const answer = test(text)
    if (answers.size >= 2000) answers.clear()
    if (text.length <= 200) answers.set(text, answer)
    return answer
  }
}

/** A test for any of the words; `*` at a word's end lets it go on. */
export function words(list: string): (text: string) => boolean {
  const all = list.split(/\s*,\s*/)
  const inside = all.filter((word) => /[\u1100-\u11FF\u3040-\u30FF\u3400-\u9FFF\uAC00-\uD7AF]/.test(word))
  const whole = all.filter((word) => !inside.includes(word))
  const source = whole
    .map((word) => word.replace(/[.+()]/g, '\\$&').replace(/\*$/, '[\\p{L}]{0,12}'))
    .join('|')
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${source})(?![\\p{L}\\p{N}])`, 'iu')
  return remembered((text) => {
    const label = text.slice(0, 200)
    return pattern.test(label) || inside.some((word) => label.includes(word))
  })
}

export const isResponse = words(
  'response*, responses, returns, returned, reply, output, result, results, success, failure, throws, resposta*, retorno, respuesta*, yanıt*, cevap, antwort*, rückgabe, ответ*, réponse*, 응답, 返回, 响应, 響應, 回應, 回应, レスポンス, 応答',
)
export const isRequest = words(
  'request*, requst, curl, requests, payload, input, requisição, requisições, pedido, solicitud, petición, istek, anfrage*, запрос*, requête*, 요청, 请求, 請求, リクエスト',
)
export const isFailure = words(
  'fail*, error*, invalid, unsuccessful, bad, erro*, hata*, fehler*, ошибк*, erreur*, 실패, 오류, 에러, 失败, 失敗, 错误, 錯誤, エラー',
)
export const isExample = words(
  'example*, sample*, exemplo*, ejemplo*, örnek*, beispiel*, пример*, exemple*, curl, usage, 예시, 예제, 샘플, 示例, 例子, 範例, 范例, 例',
)
export const isResultCodes = words(
  'code, codes, errors, resultcode, errorcode, código*, kod, kodu, kodlar*, fehlercode*, код*, 코드, 错误码, 錯誤碼, 状态码, 狀態碼, 返回码, 代码, コード',
)
export const isHttpStatus = words(
  'http, status code, status codes, http status, http code, statuscode, 状态码, 狀態碼, 상태 코드, 상태코드',
)
export const isFields = words(
  'parameter*, params, param, argument*, field*, properties, attributes, variables, details, body, headers, header, query, parâmetro*, parámetro*, campos, parametre*, alan*, feld*, параметр*, поля, paramètre*, champs, 파라미터, 매개변수, 필드, 参数, 參數, 字段, パラメータ',
)

const isHeader = words(
  'header, headers, cabeçalho*, encabezado*, cabecera*, başlık*, kopfzeile*, заголов*, en-tête*, 헤더, 请求头, 头部, 標頭, ヘッダー',
)
const isQuery = words(
  'query, querystring, query-string, get parameters, consulta, sorgu, abfrage*, 쿼리, 查询, 查詢, クエリ',
)
const isPath = words(
  'path, url, uri, route, caminho, ruta, rota, yol, pfad*, пут*, chemin, 경로, 路径, 路徑, パス',
)
const isBody = words(
  'body, form, formdata, form-data, payload, json, corpo, cuerpo, gövde, тел*, corps, 본문, 바디, 请求体, 主体, ボディ',
)
const isCookie = words('cookie, cookies, 쿠키')

/** The place of the parameters that a label heads. */
export function placeOf(label: string): ParameterPlace | undefined {
  if (isCookie(label)) return 'cookie'
  if (isHeader(label)) return 'header'
  if (isQuery(label)) return 'query'
  if (isBody(label)) return 'body'
  return isPath(label) ? 'path' : undefined
}

/** Whether a label heads a request or a reply. A reply's words weigh more: "Response to the request". */
export function roleOf(label: string): 'request' | 'response' | undefined {
  if (/^\s*["'(]?[1-5]\d\d(?!\d)/.test(label)) return 'response'
  if (isRequest(label) && isResponse(label)) {
    return label.search(/respon|repl|ответ|응답|返回|响应/i) <= label.search(/req|запрос|요청|请求/i)
      ? 'response'
      : 'request'
  }
  if (isResponse(label)) return 'response'
  return isRequest(label) ? 'request' : undefined
}

/** Languages of clients: such a listing shows how to call, never what is sent or answered. */
export const isClientCode = words(
  'python, py, node, nodejs, node.js, javascript, js, typescript, ts, php, java, kotlin, swift, go, golang, ruby, rust, c#, csharp, .net, dart, flutter, axios, jquery, fetch, powershell, objective-c, r, perl, scala, sdk',
)
