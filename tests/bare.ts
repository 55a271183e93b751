/**
 * A command without the test runner's hooks, which it gives to every process that it sees start: they count
 * coverage, and a program with them takes several times as long to begin. For what is covered elsewhere.
 */
export function bare(program: string, args: readonly string[]): [program: string, args: string[]] {
  // Windows has no such program; there the hooks come along.
  if (process.platform === 'win32') return [program, [...args]]
  // The environment that is given to a child does not help, since the hooks are put into that.
  return ['env', ['-u', 'NODE_OPTIONS', program, ...args]]
}
