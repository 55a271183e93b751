/** The code of a system error (`ENOENT`) or of one of ours; empty where there is none. */
export const errorCode = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : ''

export const errorMessage = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)
