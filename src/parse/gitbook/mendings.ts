import type { Finding } from '../../operation/finding.js'
import type { Tag } from '../blocks.js'

/** What had to be made right in a tag before it could be read. */
export function mendings(tag: Tag, file: string): Finding[] {
  const source = { file, line: tag.line }
  const findings = tag.attributes.mended.map((message): Finding => ({
    rule: 'tag-attributes',
    severity: 'warning',
    message: `${message}. Write each attribute as key="value", with a space before the next.`,
    source,
  }))
  if (!tag.closed) {
    findings.push({
      rule: 'tag-unclosed',
      severity: 'warning',
      message: `{% ${tag.name} %} is never closed. Add {% end${tag.name} %} where it ends.`,
      source,
    })
  }
  return findings
}
