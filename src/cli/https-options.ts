import { Type } from '@sinclair/typebox'
import { hints } from './option-hints.js'

/** How the server speaks HTTPS. */
export const httpsOptionSchemas = {
  https: Type.Boolean({
    default: false,
    ...hints({
      description: 'Speak HTTPS, with a certificate made for this machine unless files are given.',
    }),
  }),
  httpsCert: Type.Optional(
    Type.String({
      minLength: 1,
      ...hints({ description: 'Certificate to speak HTTPS with, in PEM form.', value: 'FILE' }),
    }),
  ),
  httpsKey: Type.Optional(
    Type.String({
      minLength: 1,
      ...hints({ description: 'Private key of that certificate, in PEM form.', value: 'FILE' }),
    }),
  ),
}

/** The option as the library takes it: files are a wish for HTTPS, too. */
export const httpsOf = ({
  https,
  httpsCert: cert,
  httpsKey: key,
}: {
  readonly https: boolean
  readonly httpsCert?: string
  readonly httpsKey?: string
}): boolean | { readonly cert?: string | undefined; readonly key?: string | undefined } =>
  cert === undefined && key === undefined ? https : { cert, key }
