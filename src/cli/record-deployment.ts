import { recordDeployment } from '../contract/record-deployment.js'
import { brokerFor, targetFor } from './broker.js'
import type { Run } from './commands.js'
import { formatOf } from './format.js'
import { writeResult } from './output.js'

/** `standin record-deployment`: tells the broker what runs where now. */
export const recordDeploymentCommand: Run = async ({ options, terminal }) => {
  const format = formatOf('record-deployment', options, ['text', 'json'])
  const { applicationInstance } = options
  const broker = brokerFor(options, terminal)
  const target = {
    ...targetFor('record-deployment', options, terminal),
    ...(applicationInstance === undefined ? {} : { applicationInstance }),
  }
  await recordDeployment(broker, target)
  const { pacticipant, version, environment } = target
  const written =
    format === 'json'
      ? `${JSON.stringify({ recorded: true, ...target }, null, 2)}\n`
      : `Recorded that ${pacticipant} ${version} is deployed to ${environment}.\n`
  await writeResult(written, options, terminal)
  return 0
}
