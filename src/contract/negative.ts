import type { Case, Skipped, Subject } from './interactions.js'

export function negativeCases(_subject: Subject, _skip: (skipped: Skipped) => void): Case[] {
  return []
}
