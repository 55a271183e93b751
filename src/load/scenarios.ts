import { isObject } from '../operation/json-object.js'
import { readdir, readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Value } from '@sinclair/typebox/value'
import { errors } from '../errors.js'
import { parseExact } from '../operation/json.js'
import type { Operation } from '../operation/operation.js'
import { pointerTokens } from '../operation/pointer.js'
import { formatSource } from '../operation/source.js'
import { openDocument } from '../parse/document/open-document.js'
import type { SourceDocument } from '../parse/document/source-document.js'
import { checkOverride } from '../steer/check-override.js'
import { withDigits } from '../steer/override-digits.js'
import { type PreparedOverride, prepareOverride } from '../steer/prepared-override.js'
import { Refused } from '../steer/refused.js'
import { checkPatch } from '../steer/state-contents.js'
import { type BrokenScenario, type LoadedScenario, Scenario, type Scenarios } from '../steer/scenario.js'
import { isSessionName } from '../steer/session-name.js'

export interface ScenarioFolderOptions {
  /** Shown in messages. */
  readonly folder: string
  /** What `folder` is relative to. */
  readonly cwd: string
  readonly operations: () => readonly Operation[]
}

const FILE = /\.(json|ya?ml)$/i

/** The scenarios of a folder: a JSON or YAML file each, named after it. A folder that is not there holds none. */
export function scenarioFolder({ folder, cwd, operations }: ScenarioFolderOptions): Scenarios {
  const files = async (): Promise<{ name: string; file: string }[]> => {
    const names = await readdir(resolve(cwd, folder)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return []
      throw new errors.STANDIN_ERR_SCENARIO(folder, error.message)
    })
    return names
      .filter((name) => FILE.test(name))
      .toSorted()
      .map((name) => ({ name: name.replace(FILE, ''), file: `${folder}/${name}` }))
  }
  const load = async (name: string, file: string): Promise<LoadedScenario> => {
    if (!isSessionName(name)) {
      throw new errors.STANDIN_ERR_SCENARIO(file, "its name may hold letters, digits, '.', '_' and '-' only")
    }
    return readScenario(name, file, await readFile(resolve(cwd, file), 'utf8'), operations())
  }
  return {
    async list() {
      return Promise.all(
        (await files()).map(({ name, file }) =>
          load(name, file).catch((error: unknown): BrokenScenario => {
            return { name, file, problem: error instanceof Error ? error.message : String(error) }
          }),
        ),
      )
    },
    async read(name) {
      const [found, other] = (await files()).filter((one) => one.name === name)
      if (!found) return undefined
      if (other) {
        throw new errors.STANDIN_ERR_SCENARIO(other.file, `there is ${found.file} of the same name; keep one`)
      }
      return load(name, found.file)
    },
  }
}

async function readScenario(
  name: string,
  file: string,
  text: string,
  operations: readonly Operation[],
): Promise<LoadedScenario> {
  const document = opened(file, text)
  const fault = (pointer: string, message: string): Error =>
    new errors.STANDIN_ERR_SCENARIO(formatSource(document.locate(pointerTokens(pointer))), message)
  const { value } = document
  if (!Value.Check(Scenario, value)) {
    const first = innermost([...Value.Errors(Scenario, value)])
    throw fault(first.path, `${first.path === '' ? 'The scenario' : first.path}: ${first.message}`)
  }
  const exact: unknown = parseExact(document.exactJson([]) ?? '{}')
  const told = (error: unknown, pointer: string): unknown =>
    error instanceof Refused ? fault(`${pointer}${error.pointer}`, error.message) : error
  const overrides: PreparedOverride[] = []
  for (const [index, one] of (value.overrides ?? []).entries()) {
    try {
      const override = withDigits(one, at(at(exact, 'overrides'), index))
      checkOverride(override, operations)
      overrides.push(await prepareOverride(override))
    } catch (error) {
      throw told(error, `/overrides/${index}`)
    }
  }
  const state = at(exact, 'state')
  try {
    if (state !== undefined) checkPatch(state)
  } catch (error) {
    throw told(error, '/state')
  }
  return {
    name,
    file,
    description: value.description,
    snapshot: value.snapshot,
    state: isObject(state) ? state : undefined,
    overrides,
  }
}

/** A scenario with a key twice is as broken as one that is no JSON: which of the two was meant? */
function opened(file: string, text: string): SourceDocument {
  const { document, findings } = openedOrTold(file, text)
  const [finding] = findings()
  if (finding) throw new errors.STANDIN_ERR_SCENARIO(formatSource(finding.source), finding.message)
  return document
}

function openedOrTold(file: string, text: string): ReturnType<typeof openDocument> {
  try {
    return openDocument({ path: file, text })
  } catch (error) {
    const [, place = file, message = String(error)] =
      /^(.*?:\d+): ([^]*)$/.exec(error instanceof Error ? error.message : '') ?? []
    throw new errors.STANDIN_ERR_SCENARIO(place, message)
  }
}

interface Fault {
  readonly path: string
  readonly message: string
}

/** Alternatives fail as a whole first; what is said of the innermost part tells more. */
const innermost = (faults: readonly Fault[]): Fault =>
  faults.toSorted((a, b) => b.path.split('/').length - a.path.split('/').length)[0] ?? {
    path: '',
    message: 'It is no scenario',
  }

const at = (value: unknown, key: string | number): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? Reflect.get(value, key)
    : undefined
