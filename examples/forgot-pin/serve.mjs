// Serves this folder on an origin of its own. API_URL is where the page finds the API.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'

const { PORT = '8080', HOST = '127.0.0.1', API_URL = 'http://127.0.0.1:10000' } = process.env
const apiUrl = API_URL.replace(/\/+$/, '')

/** Only these, whatever a path looks like. */
const FILES = {
  '/': ['index.html', 'text/html'],
  '/style.css': ['style.css', 'text/css'],
  '/app.js': ['app.js', 'text/javascript'],
  '/api.js': ['api.js', 'text/javascript'],
  '/messages.js': ['messages.js', 'text/javascript'],
}

const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': `default-src 'self'; img-src data:; connect-src 'self' ${new URL(apiUrl).origin}; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

const server = createServer(answer)

function answer(request, response) {
  const [pathname] = request.url.split('?', 1)
  if (pathname === '/config.json') {
    response
      .writeHead(200, { ...HEADERS, 'content-type': 'application/json' })
      .end(JSON.stringify({ apiUrl }))
    return
  }
  const [file, type] = Object.hasOwn(FILES, pathname) ? FILES[pathname] : []
  if (file === undefined) {
    response.writeHead(404, { ...HEADERS, 'content-type': 'text/plain' }).end('Not found\n')
    return
  }
  response
    .writeHead(200, { ...HEADERS, 'content-type': `${type}; charset=utf-8` })
    .end(readFileSync(new URL(file, import.meta.url)))
}

server.listen(Number(PORT), HOST, () => {
  const { address, port } = server.address()
  process.stdout.write(`http://${address.includes(':') ? `[${address}]` : address}:${port}\n`)
})

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    server.close()
    server.closeAllConnections()
  })
}
