/** The part of a test that is needed to make it a folder. */
export interface FolderScope<Contents> {
  teardown(cleanUp: () => unknown): void
  testdir(contents?: Contents): string
}

/**
 * A folder for a test, removed after all that the test's teardowns close. By itself tap removes a folder first
 * where the first teardown is told after it was made: what is not closed yet then writes into a folder
 * that is being removed, and, if that fails, is never closed.
 */
export function folderFor<Contents>(t: FolderScope<Contents>, contents?: Contents): string {
  // All teardowns of a test take the place of the first.
  t.teardown(() => {})
  return t.testdir(contents)
}
