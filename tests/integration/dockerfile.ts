import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type Copy, DockerfileParser, type Instruction, type JSONInstruction } from 'dockerfile-ast'
import { bare } from '../bare.js'

/** What a Dockerfile's last stage says of the running container. */
export interface Container {
  readonly user: string
  readonly folder: string
  readonly env: Readonly<Record<string, string>>
  readonly entrypoint: readonly string[]
  readonly health: readonly string[]
  readonly volumes: readonly string[]
  /** A path of the container, where it is on this machine. */
  readonly place: (path: string) => string
}

const isJson = (instruction: Instruction): instruction is JSONInstruction => 'getJSONStrings' in instruction

const isCopy = (instruction: Instruction): instruction is Copy => 'getFromFlag' in instruction

const words = (instruction: Instruction): string[] => instruction.getArguments().map((one) => one.getValue())

const exec = (instruction: Instruction): string[] =>
  isJson(instruction) ? instruction.getJSONStrings().map((one) => String(JSON.parse(one.getValue()))) : []

/** What stands behind CMD, which the parser does not take for JSON there. */
function healthCommand(instruction: Instruction): string[] {
  const [, json = '[]'] = /CMD (\[.+\])$/.exec(instruction.getArgumentsContent() ?? '') ?? []
  const command: unknown = JSON.parse(json)
  return Array.isArray(command) ? command.map(String) : []
}

/**
 * Makes what a Dockerfile makes, without a container: each stage is a folder, and the commands run on
 * this machine. Of RUN in the last stage only what makes a folder is understood.
 */
export function follow(file: string, folder: string): Container {
  const stages = new Map<string, string>()
  let stage = ''
  let workdir = '/'
  let container = { user: 'root', env: {}, entrypoint: [''], health: [''], volumes: [''] }
  const place = (path: string): string => join(stage, path.startsWith('/') ? path : join(workdir, path))
  for (const instruction of DockerfileParser.parse(readFileSync(file, 'utf8')).getInstructions()) {
    const given = words(instruction)
    switch (instruction.getKeyword()) {
      case 'FROM': {
        stage = join(folder, given[2] ?? 'last')
        stages.set(given[2] ?? '', stage)
        workdir = '/'
        container = { user: 'root', env: {}, entrypoint: [], health: [], volumes: [] }
        break
      }
      case 'WORKDIR':
        workdir = join(workdir, given[0] ?? '')
        mkdirSync(place('.'), { recursive: true })
        break
      case 'COPY': {
        const from = isCopy(instruction) ? instruction.getFromFlag()?.getValue() : undefined
        const paths = given.filter((one) => !one.startsWith('--'))
        const to = paths.at(-1) ?? ''
        for (const path of paths.slice(0, -1)) {
          const source = typeof from === 'string' ? join(stages.get(from) ?? '', path) : path
          cpSync(source, to.endsWith('/') ? join(place(to), basename(path)) : place(to), {
            recursive: true,
            verbatimSymlinks: true,
          })
        }
        break
      }
      case 'RUN':
        if (given[0] === 'install') mkdirSync(place(given.at(-1) ?? ''), { recursive: true })
        else shell(given, place('.'))
        break
      case 'ENV':
        container.env = { ...container.env, ...Object.fromEntries(given.map((one) => one.split('=', 2))) }
        break
      case 'USER':
        container.user = given[0] ?? ''
        break
      case 'VOLUME':
        container.volumes.push(...given)
        break
      case 'HEALTHCHECK':
        container.health = healthCommand(instruction)
        break
      case 'ENTRYPOINT':
        container.entrypoint = exec(instruction)
        break
      case 'EXPOSE':
        break
      default:
        throw new Error(`${instruction.getKeyword()} is not understood here`)
    }
  }
  return { ...container, folder: place('.'), place }
}

function shell(command: readonly string[], cwd: string): void {
  // The compiler cannot bear the test runner's hooks.
  const { status, stderr, stdout } = spawnSync(...bare('sh', ['-c', command.join(' ')]), {
    cwd,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`${command.join(' ')}: ${stdout}${stderr}`)
}

/** A command of the container as a process of this machine. */
export function start(
  { place, folder, env }: Container,
  command: readonly string[],
  more: Readonly<Record<string, string>>,
): ChildProcess {
  const [program = '', ...args] = command.map((word) => (word.startsWith('/') ? place(word) : word))
  return spawn(program, args, {
    cwd: folder,
    env: { PATH: process.env['PATH'], ...env, ...more },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}
