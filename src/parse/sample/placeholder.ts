/**
 * Words that stand in the place of a sample ("your response here"), in the languages that
 * documentation is mostly written in. A text of such words alone says nothing of a body.
 */
const PLACEHOLDER_WORDS = new Set(
  `response responses responce reponse request requests reply answer body json xml html object data result results output input payload
  content contents here your the a an of goes go insert add put paste write fill in this place example examples sample samples
  todo tbd tba fixme wip placeholder placeholders coming soon to be added done defined determined documented empty none no nothing not
  available applicable n/a na see above below same as before and or schema model text string-here details detail some any etc
  successful failed failure success error errors returned returns server api http code message returned-data
  respuesta respuestas solicitud cuerpo datos ejemplo aquí aqui tu su vacío vacio ninguno pendiente
  resposta respostas requisição requisicao corpo dados exemplo sua seu vazio nenhum pendente
  réponse réponses requête corps données exemple ici votre vide aucune aucun
  antwort antworten anfrage daten beispiel hier leer keine inhalt folgt
  risposta richiesta corpo dati esempio qui vuoto nessuna
  odpowiedź żądanie dane przykład tutaj brak
  yanıt cevap istek gövde veri örnek buraya boş yok
  ответ ответа запрос тело данные пример здесь пусто нет ваш
  відповідь запит тіло дані приклад тут
  phản hồi yêu cầu dữ liệu ví dụ
  respons permintaan contoh kosong isi
  응답 요청 본문 예시 예제 데이터 없음 결과 여기
  响应 請求 请求 返回 返回值 回應 回应 返回结果 响应体 数据 資料 示例 範例 无 無 空 结果 請填寫 待补充
  レスポンス 応答 リクエスト 本文 データ 例 なし 空 ここ
  استجابة الرد طلب بيانات مثال`
    .toLowerCase()
    .split(/\s+/),
)
/** Words between the others, of which alone no placeholder is made. */
const CONNECTING =
  /^(?:the|a|an|of|goes|go|in|this|place|to|be|for|and|or|same|above|below|as|not|no|is|here|your|if|any|some|see|su|tu|seu|sua|votre|qui|ici|hier|aqui|aquí|ваш|здесь|тут|yok|yes|added|done|successful|failed)$/i
/** Of these, `success` or `error` alone may well be the body. */
const MAY_BE_A_BODY =
  /^(?:success|successful|error|errors|failed|failure|code|message|data|text|done|json|xml)$/i

const COMMENT = /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|<!--[\s\S]*?(?:-->|$)|#[^\n]*/g
const BRACKETS =
  /[{}[\]()<>\s,.\u2026;*_`~|\-\u2013\u2014\u00a0\u200b-\u200f\u2060\ufeff&:!?\\"'\u201c\u201d]+/g

/**
 * Whether a text stands where a sample belongs and says nothing: empty, comments, brackets and
 * ellipses alone, or words such as `<response>` and `TODO`. `{}` and `[]` are samples.
 */
export function isPlaceholder(text: string): boolean {
  const bare = text.replaceAll(/[\u200b-\u200f\u2060\ufeff]/g, '').trim()
  if (/^(?:\{\s*\}|\[\s*\])$/.test(bare)) return false
  // A sample of any length has more to it than a handful of words.
  const rest = bare.length > 2000 ? bare.replace(COMMENT, '') : bare.replaceAll(COMMENT, ' ')
  const words = rest.slice(0, 600).replaceAll(BRACKETS, ' ').trim()
  if (words === '') return rest.length <= 600 || rest.replaceAll(BRACKETS, '') === ''
  if (rest.length > 200) return false
  const list = words.split(' ')
  if (/(?:^|[{[]\s*)["'\u201c\u201d]|["'\u201c\u201d]\s*:/.test(rest.trim()) || list.length > 8) return false
  if (
    !list.every((word) => PLACEHOLDER_WORDS.has(word.toLowerCase())) ||
    list.every((word) => CONNECTING.test(word))
  )
    return oneBracedPhrase(rest.trim(), list)
  // `[None]` is a list of Python.
  if (/\[[\s,.\u2026]*none\b/i.test(rest)) return false
  if (/^[{[<(]/.test(rest.trim())) return !/[:=]/.test(rest)
  return !list.every((word) => MAY_BE_A_BODY.test(word))
}

/** `<your answer>`, `{ whatever comes back }`: a phrase in brackets, not the name of a variable, a tag or a list. */
function oneBracedPhrase(text: string, words: readonly string[]): boolean {
  return (
    words.length > 1 &&
    words.length < 7 &&
    /^(?:\{[^{}[\]:,;"'=()<>/]+\}|<[^<>"'=/]+>)$/u.test(text) &&
    !/\d/.test(text)
  )
}
