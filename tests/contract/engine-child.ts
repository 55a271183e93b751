/**
 * Asks Pact's own engine which documents meet which rules. The engine prints, and may take the
 * process with it, so it has one to itself: reads probes from the file named first, writes to the second.
 * Many documents share an interaction, each as one member of the body: a mismatch names its path.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import core from '@pact-foundation/pact-core'

const [input = '', output = ''] = process.argv.slice(2)
const { groups, pact: file } = JSON.parse(readFileSync(input, 'utf8')) as { groups: string[]; pact: string }
const server = createServer((request, response) => {
  response.setHeader('content-type', 'application/json')
  response.end(groups[Number(request.url?.slice(2))])
})
await new Promise<void>((resolve) => {
  server.listen(0, '127.0.0.1', resolve)
})
const { port } = server.address() as AddressInfo
const result = await core.default
  .verifyPacts({
    providerBaseUrl: `http://127.0.0.1:${port}`,
    pactUrls: [file],
    logLevel: 'error',
  })
  .catch((error: Error) => error.message)
writeFileSync(output, result)
server.close()
