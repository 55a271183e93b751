import type { Finding } from '../../operation/finding.js'
import type { SourceLocation } from '../../operation/source.js'
import type { TextEdit } from '../text-edit.js'

/** A curl command as a page prints it. Nothing is expanded: `$VAR`, `{{host}}` stay as written. */
export interface CurlCommand {
  /** In upper case; GET, POST or PUT where the command leaves it to curl. */
  method: string
  /** As written, the data of `-G` appended. May lack a scheme, or be empty where none is given. */
  url: string
  /** `-u`, `-b`, `-A`, `-e` and `--json` as the headers that they stand for. */
  headers: { name: string; value: string; source: SourceLocation }[]
  /** Several `-d` joined with `&`; the parts of `-F` as `name=value`, one a line. */
  body?: { text: string; source: SourceLocation }
  /** The body is given in parts (`-F`), sent as multipart/form-data. */
  multipart?: true
  /** Where it would not run as printed in a POSIX shell, by line. */
  findings: Finding[]
  /** What makes it run as printed, for each of the findings that can be mended. */
  mends: Mend[]
  source: SourceLocation
}

/** Edits of the text that the command was read from, which mend the finding of a rule in a line. */
export interface Mend {
  rule: string
  line: number
  edits: TextEdit[]
}
