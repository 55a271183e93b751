import type { CreateStandin } from './standin.js'
import type { Terminal } from './terminal.js'

/**
 * The program without the process: reads the arguments, runs the command, resolves with the exit
 * code and never rejects. Everything is imported when it is needed: start time is what people feel.
 */
export async function run(
  argv: readonly string[],
  terminal: Terminal,
  createStandin: CreateStandin,
): Promise<number> {
  try {
    return await dispatch(argv, terminal, createStandin)
  } catch (error) {
    const { reportFailure } = await import('./failure.js')
    return reportFailure(error, terminal)
  }
}

async function dispatch(
  argv: readonly string[],
  terminal: Terminal,
  createStandin: CreateStandin,
): Promise<number> {
  if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-v')) return printVersion(terminal)
  const [{ parseLine }, { resolveOptions }, fs, path] = await Promise.all([
    import('./arguments.js'),
    import('./resolve.js'),
    import('node:fs'),
    import('node:path'),
  ])
  const line = await parseLine(argv, (word) => fs.existsSync(path.resolve(terminal.cwd, word)))
  if (line.version) return printVersion(terminal)
  if (line.help) {
    const { helpText } = await import('./help.js')
    terminal.stdout.write(helpText(line.named ? line.command : undefined))
    return 0
  }
  const { command, positionals } = line
  const [options, execute] = await Promise.all([
    resolveOptions(command, line.values, terminal.env, terminal.cwd),
    command.load(),
  ])
  return execute({ options, positionals, terminal, createStandin })
}

async function printVersion(terminal: Terminal): Promise<number> {
  const { packageVersion } = await import('../package.js')
  terminal.stdout.write(`${packageVersion}\n`)
  return 0
}
