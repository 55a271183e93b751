import { signal } from '@preact/signals'
import { get } from '../api/client.js'
import type { Coverage, Finding } from '../api/shapes.js'
import { resource } from './resource.js'

/** Whether coverage is of the chosen session only. */
export const coverageOfSession = signal(false)

export const coverage = resource(() => get<Coverage>('/coverage', { scoped: coverageOfSession.value }))

export const findings = resource(async () => (await get<{ findings: Finding[] }>('/findings')).findings)
