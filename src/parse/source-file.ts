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
