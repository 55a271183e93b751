import type { Trail } from '../trail.js'

/** Whether a fault left the client without a reply. */
export function leavesNoReply({ planned }: Pick<Trail, 'planned'>): boolean {
  const fault = planned?.fault
  return fault === 'connection-reset' || fault === 'empty-reply' || fault === 'timeout'
}
