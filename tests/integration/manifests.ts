import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Deployment, type IDeployment, StatefulSet } from 'kubernetes-models/apps/v1'
import { Ingress, NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1'
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1'
import { Namespace, Secret, Service } from 'kubernetes-models/v1'
import { parseAllDocuments } from 'yaml'

/** The kinds that are used here, each with Kubernetes' own schema. */
const kinds: Readonly<Record<string, Readonly<Record<string, Kind>>>> = {
  'apps/v1': { Deployment, StatefulSet },
  'networking.k8s.io/v1': { Ingress, NetworkPolicy },
  'policy/v1': { PodDisruptionBudget },
  v1: { Namespace, Secret, Service },
}
type Kind = new (data?: object) => { validate(): void }

export interface Manifest {
  readonly file: string
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: { readonly name: string }
  readonly text: string
  readonly value: object
}

/** A set of containers, and all that stands around them. */
export type PodTemplate = NonNullable<NonNullable<IDeployment['spec']>['template']>

const FOLDER = 'examples/replicas/kubernetes'

/** Every object of the folder, whichever file it is in. Throws where a file is no YAML. */
export function manifests(): Manifest[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.yaml') && file !== 'kustomization.yaml')
    .flatMap((file) =>
      parseAllDocuments(readFileSync(join(FOLDER, file), 'utf8')).map((document) => {
        const [error] = [...document.errors, ...document.warnings]
        if (error) throw error
        const value: Manifest = document.toJS()
        const { apiVersion, kind, metadata } = value
        return { file, apiVersion, kind, metadata, text: JSON.stringify(value), value }
      }),
    )
}

/** Throws with what Kubernetes would refuse: members that are missing, or of a wrong type or form. */
export function validate({ apiVersion, kind, value, file }: Manifest): void {
  const Model = kinds[apiVersion]?.[kind]
  if (!Model) throw new Error(`${file}: no schema of ${apiVersion} ${kind} is at hand`)
  new Model(value).validate()
}

/** What the compiler says of members that Kubernetes does not know: it would leave them out without a word. */
export function unknownMembers(all: readonly Manifest[], folder: string): string {
  const lines = all.map(
    ({ apiVersion, kind, text }, index) =>
      `import type { I${kind} as Kind${index} } from 'kubernetes-models/${apiVersion}'\nexport const it${index}: Kind${index} = ${text}\n`,
  )
  const file = join(folder, 'manifests.mts')
  writeFileSync(file, lines.join(''))
  const options = [
    '--ignoreConfig',
    '--noEmit',
    '--strict',
    '--skipLibCheck',
    '--module',
    'nodenext',
    '--types',
    '',
  ]
  // The test runner gives its hooks to every process that it sees start, and the compiler cannot bear them.
  const words = ['-u', 'NODE_OPTIONS', process.execPath, 'node_modules/typescript/bin/tsc', ...options, file]
  return spawnSync('env', words, { encoding: 'utf8' }).stdout
}
