import { existsSync } from 'node:fs'

/** Debian's, unless another one is named. */
export const chromiumPath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium'

export const missingChromium = `This is tried in Chromium, and there is none at ${chromiumPath}. Install it (Debian: apt-get install chromium), or name one with CHROMIUM_PATH.`

/** Why a test is left out; never on CI, where it fails instead. */
export const skipWithoutChromium = (): string | false =>
  !existsSync(chromiumPath) && process.env['CI'] !== 'true' ? missingChromium : false

export const chromiumArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
