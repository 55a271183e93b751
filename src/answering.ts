import type { AppOptions } from './serve/app.js'
import type { StandinOptions } from './standin-options.js'

/** The options by which operations answer, with their defaults. */
export const answering = (
  options: StandinOptions,
): Pick<
  AppOptions,
  'now' | 'anyToken' | 'echo' | 'dynamic' | 'ignoreExamples' | 'errors' | 'seed' | 'cors'
> => ({
  now: options.now ?? Date.now,
  anyToken: options.anyToken ?? false,
  echo: options.echo ?? false,
  dynamic: options.dynamic ?? false,
  ignoreExamples: options.ignoreExamples ?? false,
  errors: options.errors ?? false,
  seed: String(options.seed ?? ''),
  cors: options.cors ?? true,
})
