import { readFileSync } from 'node:fs'
import { DCLinter } from 'dclint'
import t from 'tap'
import { parse, parseDocument } from 'yaml'
import { options } from '../../src/cli/options.js'
import { objectOf } from '../serve/helper.js'
import { type Manifest, manifests, type PodTemplate, unknownMembers, validate } from './manifests.js'
import { checkConfiguration, CONFIGURATIONS, skipWithoutNginx } from './nginx.js'

const COMPOSE = 'examples/replicas/compose.yaml'
const variables = new Set([...options.values()].map(({ variable }) => variable))

const all = manifests()
const named = (kind: string, name: string): Manifest => {
  const found = all.find((one) => one.kind === kind && one.metadata.name === name)
  if (!found) throw new Error(`No ${kind} is called ${name}`)
  return found
}
/** What a manifest says under its `spec`. */
const specOf = (manifest: Manifest): Record<string, unknown> => objectOf(objectOf(manifest.value)['spec'])
const templateOf = (manifest: Manifest): PodTemplate => specOf(manifest)['template'] as PodTemplate
const pods = [named('Deployment', 'standin'), named('StatefulSet', 'redis')]

void t.test('Kubernetes takes the manifests', async (t) => {
  t.ok(all.length >= 8)
  for (const one of all) t.doesNotThrow(() => validate(one), `${one.file}: ${one.kind} ${one.metadata.name}`)
  t.equal(unknownMembers(all, t.testdir()), '', 'it knows every member')
  const wrong = { ...named('Service', 'standin'), text: '{"apiVersion":"v1","kind":"Service","spek":{}}' }
  t.match(unknownMembers([wrong], t.testdir()), /spek/, 'and would tell of one that it does not know')
})

void t.test('the manifests fit together', async (t) => {
  const { resources } = objectOf(
    parse(readFileSync('examples/replicas/kubernetes/kustomization.yaml', 'utf8')),
  )
  const applied = Array.isArray(resources) ? resources.map(String) : []
  const files = new Set(all.map(({ file }) => file))
  for (const file of applied) t.ok(files.has(file), file)
  const secret = Object.keys(objectOf(objectOf(named('Secret', 'standin').value)['stringData']))
  for (const { value } of all) {
    for (const [, name, key] of JSON.stringify(value).matchAll(
      /"secretKeyRef":\{"name":"(.+?)","key":"(.+?)"/g,
    )) {
      t.equal(name, 'standin')
      t.ok(secret.includes(String(key)), `the secret has ${key}`)
    }
  }
  for (const pod of pods) {
    const { labels } = objectOf(templateOf(pod).metadata)
    t.strictSame(objectOf(specOf(pod)['selector'])['matchLabels'], labels, 'its own pods')
    t.strictSame(specOf(named('Service', pod.metadata.name))['selector'], labels, 'its service finds it')
    const ports =
      templateOf(pod).spec?.containers.flatMap(({ ports = [] }) => ports.map(({ name }) => name)) ?? []
    const [port] = specOf(named('Service', pod.metadata.name))['ports'] as { targetPort: string }[]
    t.ok(port && ports.includes(port.targetPort))
  }
  t.strictSame(
    objectOf(specOf(named('PodDisruptionBudget', 'standin'))['selector'])['matchLabels'],
    objectOf(templateOf(named('Deployment', 'standin')).metadata)['labels'],
  )
})

void t.test('no container may do more than it has to', async (t) => {
  for (const pod of pods) {
    const { spec } = templateOf(pod)
    t.match(spec, {
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: Number, seccompProfile: { type: 'RuntimeDefault' } },
    })
    for (const container of spec?.containers ?? []) {
      t.match(
        container,
        {
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          },
          resources: {
            requests: { cpu: String, memory: String },
            limits: { cpu: String, memory: String },
          },
          startupProbe: {},
          livenessProbe: {},
          readinessProbe: {},
        },
        container.name,
      )
      t.match(container.image, container.name === 'redis' ? /^redis:7\.\d$/ : /^standin$/)
    }
  }
})

void t.test('the variables that are set are those that there are', async (t) => {
  const { services } = objectOf(parseDocument(readFileSync(COMPOSE, 'utf8'), { merge: true }).toJS())
  const inCompose = Object.keys(objectOf(objectOf(objectOf(services)['standin'])['environment']))
  const container = templateOf(named('Deployment', 'standin')).spec?.containers[0]
  const inKubernetes = (container?.env ?? []).map(({ name }) => name)
  for (const variable of [...inCompose, ...inKubernetes]) {
    if (variable !== 'REDIS_PASSWORD') t.ok(variables.has(variable), variable)
  }
})

void t.test('compose takes the file', async (t) => {
  const text = readFileSync(COMPOSE, 'utf8')
  // How keys and services are ordered is a matter of taste.
  const taste = ['service-keys-order', 'services-alphabetical-order', 'top-level-properties-order']
  const linter = new DCLinter({
    rules: Object.fromEntries(taste.map((rule) => [rule, 0])),
    quiet: false,
    debug: false,
    exclude: [],
  })
  const files: readonly { readonly messages: readonly { line: number; message: string }[] }[] =
    linter.lintFiles([COMPOSE], false)
  t.equal(files.length, 1)
  t.strictSame(
    files.flatMap(({ messages }) => messages.map(({ line, message }) => `${line} ${message}`)),
    [],
  )
  const { services } = objectOf(parseDocument(text, { merge: true }).toJS())
  t.match(services, { standin: { deploy: { replicas: 3 } }, nginx: { ports: ['127.0.0.1:10000:10000'] } })
  for (const service of Object.values(objectOf(services))) {
    t.match(service, { read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] })
  }
})

void t.test('nginx takes its files', { skip: skipWithoutNginx() }, async (t) => {
  for (const name of CONFIGURATIONS) t.equal(checkConfiguration(name, t.testdir()), '', name)
})
