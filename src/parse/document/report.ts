import type { Finding } from '../../operation/finding.js'
import { type Place, sourceOf } from './place.js'

/** Takes down what is wrong at a place. Each place is named once for each rule. */
export type Report = (rule: string, severity: Finding['severity'], message: string, place: Place) => void

export function reporter(findings: Finding[]): Report {
  const told = new Set<string>()
  return (rule, severity, message, place) => {
    const key = `${rule} ${place.document.path} ${place.pointer}`
    if (told.has(key)) return
    told.add(key)
    findings.push({ rule, severity, message, source: sourceOf(place) })
  }
}
