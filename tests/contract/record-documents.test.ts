import t from 'tap'
import { type ObservedCall, Recorder } from '../../src/contract/record.js'
import { loadRareMediaTypes } from '../../src/respond/bodies/rare.js'
import { objectOf } from '../serve/helper.js'
import { pets } from './wild-documents.js'

const call = (operationId: string, more: Partial<ObservedCall>): ObservedCall => ({
  operationId,
  url: `/${operationId === 'addPet' ? 'pets' : operationId === 'login' ? 'login' : 'photos'}`,
  headers: {},
  body: undefined,
  status: 200,
  responseType: 'application/json',
  violations: undefined,
  ...more,
})

/** The requests of a recorded contract, and its text. */
function record(...calls: ObservedCall[]): { text: string; requests: Record<string, unknown>[] } {
  const recorder = new Recorder({ consumer: 'web', provider: 'pets' })
  for (const one of calls) recorder.observe(one, pets)
  const { text } = recorder.recording()
  const list: unknown = objectOf(JSON.parse(text)).interactions
  return { text, requests: [list].flat().map((one) => objectOf(objectOf(one).request)) }
}

const json = { 'content-type': 'application/json' }

void t.test('documented members alone, wherever the schema names them', async (t) => {
  const body = JSON.stringify({ name: 'A', age: 3, more: 'x', owner: { email: 'a', phone: 'y' } })
  const { requests } = record(call('addPet', { url: '/pets?api_key=k', headers: json, body }))
  t.strictSame(
    requests.map((request) => objectOf(request.body).content),
    [{ age: 3, name: 'A', owner: { email: 'a' } }],
  )
})

void t.test('of credentials that are alternatives the one that was sent', async (t) => {
  const body = JSON.stringify({ name: 'A' })
  const { requests, text } = record(
    call('addPet', { headers: { ...json, authorization: 'Bearer t0ken' }, body }),
    call('addPet', { url: '/pets?api_key=k3y', headers: json, body }),
  )
  t.equal(requests.length, 2)
  t.ok(requests.some(({ headers }) => 'Authorization' in objectOf(headers)))
  t.ok(requests.some(({ query }) => query !== undefined && 'api_key' in objectOf(query)))
  t.notMatch(text, /t0ken|k3y/)
})

void t.test('what a client makes anew for each call does not change the file', async (t) => {
  const body = JSON.stringify({ name: 'A' })
  const called = (id: string): ObservedCall =>
    call('addPet', { url: '/pets?api_key=k', headers: { ...json, 'x-call': id }, body })
  const [first, second] = [
    record(called('2c1b3f0e-0000-4000-8000-000000000001')),
    record(called('2c1b3f0e-0000-4000-8000-000000000002')),
  ]
  t.equal(first.text, second.text)
})

void t.test('forms by their members', async (t) => {
  await loadRareMediaTypes(['multipart/form-data'])
  const urlencoded = { 'content-type': 'application/x-www-form-urlencoded' }
  const [one, other] = ['user=ab&tries=3&secret=s', 'tries=3&user=ab'].map((body) =>
    record(call('login', { headers: urlencoded, body })),
  )
  t.equal(one?.text, other?.text)
  const content = objectOf(one?.requests[0]?.body).content
  t.equal(Buffer.from(String(content), 'base64').toString(), 'tries=3&user=ab')
  const upload = (boundary: string): ObservedCall =>
    call('addPhoto', {
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
      body: [
        `--${boundary}\r\nContent-Disposition: form-data; name="width"\r\n\r\n10\r\n`,
        `--${boundary}\r\nContent-Disposition: form-data; name="photo"; filename="${boundary}.png"\r\n\r\n${boundary}\r\n`,
        `--${boundary}--\r\n`,
      ].join(''),
    })
  t.equal(
    record(upload('aaa')).text,
    record(upload('bbb')).text,
    'the boundary and the file are of no account',
  )
})
