/** A text to be read, with the path it is known by: relative to the working directory, with `/` between folders. */
export interface SourceFile {
  readonly path: string
  readonly text: string
}

/** What a reader may ask for besides the file it was given. */
export interface ReadContext {
  /** The text of another file, by a path like {@link SourceFile.path}; undefined where there is none. */
  read(path: string): string | undefined
}

/**
 * The path that a relative reference in a file leads to: `parts/a.yaml` in `docs/api.yaml` is
 * `docs/parts/a.yaml`. Backslashes separate folders, too; `..` may lead above the working directory.
 */
export function pathFrom(file: string, reference: string): string {
  const folder = file.replaceAll('\\', '/').split('/').slice(0, -1)
  const isAbsolute = reference.startsWith('/') || /^[a-z]:[\\/]/i.test(reference)
  const path: string[] = []
  for (const segment of [...(isAbsolute ? [] : folder), ...reference.replaceAll('\\', '/').split('/')]) {
    const last = path.at(-1)
    if (segment === '.' || (segment === '' && path.length > 0)) continue
    if (segment === '..' && last !== undefined && last !== '..' && last !== '') path.pop()
    else path.push(segment)
  }
  return path.join('/')
}
