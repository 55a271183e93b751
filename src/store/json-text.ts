/** The text of a JSON object from the texts of its members, two more spaces a level. */
export function objectText(members: Iterable<readonly [string, string]>, indent: string): string {
  const lines = Array.from(members, ([name, text]) => `${indent}  ${JSON.stringify(name)}: ${text}`)
  return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n${indent}}`
}
