import type { MetricFamily } from '../../serve/metrics/family.js'

/** What a worker is told at its start, in its environment. */
export interface Seat {
  /** From 1 on. The worker that takes the place of another one has its number. */
  readonly number: number
  /** Made up for all workers together. */
  readonly controlToken?: string
  /** In place of port 0, once it is known which that was. */
  readonly ports?: Ports
}

/** Where all workers listen. */
export interface Ports {
  readonly port: number
  /** Where the control API has a port of its own. */
  readonly controlPort?: number
}

/** The variable that holds it, as JSON. */
export const SEAT = 'STANDIN_WORKER'

type Families = readonly MetricFamily[]

export type ToPrimary =
  /** It listens. `text` is what is printed at the start. */
  | { readonly kind: 'serving'; readonly ports: Ports; readonly text: string }
  /** Somebody has asked it for metrics. */
  | { readonly kind: 'ask'; readonly id: number; readonly own: Families }
  | { readonly kind: 'metrics'; readonly id: number; readonly own: Families }

export type ToWorker =
  /** `report`: tell at the end what was called, on behalf of all; it need not drain then, which all others have. */
  | { readonly kind: 'stop'; readonly report: boolean; readonly drain: boolean }
  | { readonly kind: 'asked'; readonly id: number }
  | { readonly kind: 'peers'; readonly id: number; readonly others: readonly Families[] }
