import { createStandin, type Standin, type StandinOptions } from '../standin.js'
import { type TestStandin, testStandin } from './client.js'
import { Control } from './control.js'

/** A stand-in in this process. */
export interface StartedStandin extends TestStandin {
  /** The library's view of it. */
  readonly standin: Standin
}

/**
 * Starts a stand-in in this process, on a free port of loopback and with its state in memory unless the
 * options say otherwise. Rejects as createStandin does.
 */
export async function startStandin(
  options: Omit<StandinOptions, 'control' | 'journal'> = {},
): Promise<StartedStandin> {
  const standin = await createStandin(options)
  try {
    const url = await standin.listen()
    const { url: controlUrl = url, token } = standin.control ?? {}
    const made = testStandin(new Control(controlUrl, token), url, () => standin.close())
    return { ...made, standin }
  } catch (error) {
    await standin.close()
    throw error
  }
}
