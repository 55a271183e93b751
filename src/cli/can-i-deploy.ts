import { setTimeout as wait } from 'node:timers/promises'
import { canIDeploy, type Deployability, type MatrixRow } from '../contract/can-i-deploy.js'
import { brokerFor, noticeLines, targetFor } from './broker.js'
import type { Run } from './commands.js'
import { formatOf } from './format.js'
import { writeResult } from './output.js'

/** `standin can-i-deploy`: 0 for a yes, 1 for a no and for an answer that is still open. */
export const canIDeployCommand: Run = async ({ options, terminal }) => {
  const format = formatOf('can-i-deploy', options, ['text', 'json'])
  const broker = brokerFor(options, terminal)
  const target = targetFor('can-i-deploy', options, terminal)
  let answer = await canIDeploy(broker, target)
  for (let tries = 0; answer.open && tries < options.retryWhileUnknown; tries++) {
    terminal.stderr.write(`Results are missing; asking again in ${options.retryInterval} s.\n`)
    await wait(options.retryInterval * 1000)
    answer = await canIDeploy(broker, target)
  }
  const verdict = `${target.pacticipant} ${target.version} ${answer.deployable ? 'may' : 'must not'} be deployed to ${target.environment}`
  const written =
    format === 'json' ? `${JSON.stringify({ ...target, ...answer }, null, 2)}\n` : text(answer, verdict)
  await writeResult(written, options, terminal)
  return answer.deployable ? 0 : 1
}

function text({ reason, notices, matrix }: Deployability, verdict: string): string {
  const rows = matrix.map(row)
  const told = noticeLines(notices).filter((line) => line !== reason)
  return `${[...rows, ...(rows.length > 0 ? [''] : []), ...told, `${verdict}: ${reason}`].join('\n')}\n`
}

function row({ consumer, consumerVersion, provider, providerVersion, success, url }: MatrixRow): string {
  const result = success === undefined ? 'not verified' : success ? 'verified' : 'failed'
  const link = url === undefined ? '' : `  ${url}`
  return `${consumer} ${consumerVersion} with ${provider} ${providerVersion ?? '(no version)'}: ${result}${link}`
}
