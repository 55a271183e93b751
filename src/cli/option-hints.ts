/** Where an option may be given. `sources` has no place on the line: there the sources are the arguments. */
export type Place = 'line' | 'environment' | 'file'

/** What the command line needs to know beyond JSON Schema. */
export interface Hints {
  /** One sentence for `--help` and the guide. */
  description: string
  /** How the value is written in `--help`; booleans have none. */
  value?: string
  short?: string
  /** Absent means everywhere. */
  places?: readonly Place[]
  /** What a value must be, where the schema alone would say it badly. */
  expected?: string
  /** For a list: whether the option takes all words up to the next option, as a shell's glob gives them. */
  many?: boolean
  /** For a number: what the option stands for on the line where no number follows it. */
  bare?: string
}
export const hints = (hints: Hints): Hints => hints
