/**
 * Does one thing after the other, and the later ones even where an earlier one fails, as at the end, when
 * each has to be let go of. Rejects with the first failure when all are done.
 */
export async function allInTurn(steps: readonly (() => Promise<unknown> | undefined)[]): Promise<void> {
  const failures: unknown[] = []
  for (const step of steps) {
    try {
      await step()
    } catch (error) {
      failures.push(error)
    }
  }
  for (const failure of failures) throw failure
}
