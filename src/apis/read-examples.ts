import { readFileSync } from 'node:fs'
import { type ExamplesFile, parseExamples } from '../operation/examples-file.js'

/**
 * Reads a file of examples, numbers digit by digit, as importing it as JSON would not. Throws where there
 * is no such file, and SyntaxError or TypeBox's AssertError where it is none of examples.
 */
export const readExamples = (file: URL): ExamplesFile => parseExamples(readFileSync(file, 'utf8'))
