import t from 'tap'
import { appFor, showing } from './app-for.js'

const header = (example: string) => ({ schema: { type: 'string' }, example })

void t.test('documented headers are sent, but for those that HTTP itself needs right', async (t) => {
  const app = await appFor(t, {
    '/a': {
      get: {
        responses: {
          200: showing('x', {
            headers: {
              'X-Total': header('7'),
              Link: header('<https://a.example/?page=2>; rel="next"'),
              'X Spaced': header('no'),
              'Transfer-Encoding': header('chunked'),
              'Content-Length': header('999'),
              'Content-Encoding': header('gzip'),
              Connection: header('close'),
              'Keep-Alive': header('timeout=1'),
              Upgrade: header('h2c'),
              Trailer: header('x'),
            },
          }),
        },
      },
    },
  })
  const { headers, body, statusCode } = await app.inject('/a')
  t.equal(statusCode, 200)
  t.equal(body, '"x"')
  t.match(headers, { 'x-total': '7', link: '<https://a.example/?page=2>; rel="next"', 'content-length': '3' })
  for (const name of [
    'x spaced',
    'transfer-encoding',
    'content-encoding',
    'keep-alive',
    'upgrade',
    'trailer',
  ])
    t.notOk(name in headers, name)
  t.not(headers['connection'], 'close')
})
