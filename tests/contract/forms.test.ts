import t from 'tap'
import { generateContract } from '../../src/contract/generate.js'
import { objectOf } from '../serve/helper.js'
import { pets } from './wild-documents.js'

interface Sent {
  readonly key: string
  readonly type: string
  readonly body: string
}

const { text } = generateContract(pets, { consumer: 'web', provider: 'pets', negative: true })
const interactions: unknown = objectOf(JSON.parse(text)).interactions

/** What the interactions of an operation send, forms and documents as text. */
const sent = (operationId: string): Sent[] =>
  [interactions].flat().flatMap((one) => {
    const { key, request } = objectOf(one)
    const { headers, body } = objectOf(request)
    if (typeof key !== 'string' || !key.startsWith(`${operationId}-`) || body === undefined) return []
    const { content, encoded } = objectOf(body)
    const type = String(objectOf(headers)['Content-Type'])
    return [
      {
        key,
        type,
        body:
          encoded === 'base64' ? Buffer.from(String(content), 'base64').toString() : JSON.stringify(content),
      },
    ]
  })

const isLogin = (body: string): boolean => {
  const form = new URLSearchParams(body)
  return (form.get('user') ?? '').length >= 2 && /^([3-9]|[1-9][0-9]+)$/.test(form.get('tries') ?? '')
}

void t.test('a form is sent as a form, with values that its schema allows', async (t) => {
  const all = sent('login')
  for (const { type } of all) t.equal(type, 'application/x-www-form-urlencoded')
  const documented = all.find(({ key }) => key === 'login-200')
  t.ok(isLogin(documented?.body ?? ''), 'valid by its schema')
})

void t.test('what a form cannot hold is not tried: in it everything is text', async (t) => {
  const bodies = sent('login').filter(({ key }) => key.includes('refuses'))
  const tried = bodies.map(({ body }) => new URLSearchParams(body))
  t.ok(
    tried.some((form) => !form.has('tries')),
    'a member that is missing',
  )
  t.ok(
    tried.some((form) => form.get('tries') === 'text'),
    'a text that is no number',
  )
  for (const { key, body } of bodies) t.notOk(isLogin(body), `${key} is ruled out: ${body}`)
})

void t.test('a multipart form has the same boundary each time, and its files are files', async (t) => {
  const [documented] = sent('addPhoto')
  t.equal(documented?.type, 'multipart/form-data; boundary=standin-sample')
  t.match(
    documented?.body,
    /^--standin-sample\r\nContent-Disposition: form-data; name="photo"; filename="photo"\r\n/,
  )
  t.match(documented?.body, /name="width"\r\n\r\n[1-9][0-9]+\r\n--standin-sample--\r\n$/)
})

void t.test('XML is sent as XML', async (t) => {
  const [documented] = sent('addDrawing')
  t.match(documented?.body, /^<\?xml .*\n<Login>.*<tries>[0-9]+<\/tries>.*<\/Login>$/s)
})

void t.test('what is only received is neither sent nor missed in what is sent', async (t) => {
  const [documented, ...others] = sent('addPet')
  t.notMatch(documented?.body, /"id"/)
  t.ok(others.some(({ key }) => key === 'addPet-refuses-without-name'))
  t.notOk(others.some(({ key }) => key.includes('without-id')))
})
