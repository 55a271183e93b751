import type { ViteDevServer } from 'vite'
import type { Standin } from '../../standin.js'

type Printing = Pick<ViteDevServer, 'resolvedUrls' | 'config'> & { printUrls: () => void }

/** Has a server that prints its URLs print the stand-in's below them. */
export function printWith(server: Printing, standin: Standin): void {
  const printUrls = server.printUrls.bind(server)
  server.printUrls = () => {
    printUrls()
    const { local = [], network = [] } = server.resolvedUrls ?? {}
    const [url] = [...local, ...network]
    if (url !== undefined) server.config.logger.info(lines(standin, new URL('/_standin/', url)).join('\n'))
  }
}

function lines({ description, control, notes }: Standin, url: URL): string[] {
  const { title, operations } = description
  const told = [
    `${title}, ${count(operations.length, 'operation')}`,
    ...(notes.length > 0 ? [count(notes.length, 'finding')] : []),
  ]
  return [
    `  ➜  Standin: ${url.href} (${told.join(', ')})`,
    ...(control?.token !== undefined && control.generated ? [`  ➜  Control token: ${control.token}`] : []),
  ]
}

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`
