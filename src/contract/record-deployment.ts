import { errors } from '../errors.js'
import type { Broker } from './broker.js'
import type { DeploymentTarget } from './can-i-deploy.js'
import { linksOf } from './hal.js'

export interface RecordOptions extends DeploymentTarget {
  /** Where several instances of an application run in one environment. */
  readonly applicationInstance?: string
}

/** Records that a version is deployed in an environment, through the links of the version. */
export async function recordDeployment(broker: Broker, options: RecordOptions): Promise<void> {
  const { pacticipant, version, environment, applicationInstance } = options
  const [name, number] = [pacticipant, version].map(encodeURIComponent)
  const href =
    (await broker.find('pb:pacticipant-version', { pacticipant, version })) ??
    `${broker.url}/pacticipants/${name}/versions/${number}`
  const resource = await broker.get(href, `version ${version} of ${pacticipant}`)
  const links = linksOf(resource, 'pb:record-deployment')
  const link = links.find((one) => one.name === environment)
  if (!link) {
    const known = links.map((one) => one.name).join(', ') || 'none'
    throw new errors.STANDIN_ERR_BROKER_ENVIRONMENT(environment, pacticipant, known)
  }
  const body = applicationInstance === undefined ? {} : { applicationInstance }
  await broker.send('POST', link.href, body, `way to record a deployment in ${environment}`)
}
