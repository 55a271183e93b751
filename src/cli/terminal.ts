/** What a command may see and touch of the process around it. Handed in, so that tests can hand in their own. */
export interface Terminal {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdout: Output
  readonly stderr: Output
  readonly signals: Signals
  /** Ends the process at once. Only for a second signal; everything else returns its exit code. */
  exit(code: number): void
}

export interface Output {
  write(text: string): unknown
  readonly isTTY?: boolean
}

export interface Signals {
  on(signal: NodeJS.Signals, listener: (signal: NodeJS.Signals) => void): unknown
  off(signal: NodeJS.Signals, listener: (signal: NodeJS.Signals) => void): unknown
}

/** Colours are for people: only on a terminal, and not where NO_COLOR is set (https://no-color.org). */
export const hasColour = (output: Output, { env }: Terminal): boolean =>
  output.isTTY === true && (env['NO_COLOR'] ?? '') === ''
