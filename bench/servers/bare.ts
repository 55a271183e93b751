import Fastify from 'fastify'
import { ResetPinBody, ResetPinHeaders, ResetPinResponse } from '../../src/apis/onboarding/reset-pin.js'
import { serveForBench } from './child.js'

/** The reference: one Fastify route with the same TypeBox schemas, and nothing else. */
const app = Fastify({ logger: false, ajv: { customOptions: { keywords: ['x-source'] } } })
const schema = { body: ResetPinBody, headers: ResetPinHeaders, response: { 200: ResetPinResponse } }
app.post('/onboarding/user/resetPin/v1', { schema }, async () => ({
  resCode: 200,
  resDesc: 'SUCCESS',
  data: { msg: 'Pin has been reset successfully' },
}))
serveForBench(() => app.listen({ port: 0, host: '127.0.0.1' }))
