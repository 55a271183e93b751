import { resolve } from 'node:path'
import type { Plugin, PreviewServer, ViteDevServer } from 'vite'
import { createStandin, type Standin, type StandinOptions } from '../../standin.js'
import { takesOf } from './takes.js'
import { printWith } from './told.js'
import { type Held, Holders } from './holders.js'
import { warningsTo } from './vite-logger.js'

/** Host and port are the dev server's. Sources and the store are relative to Vite's root. */
export interface StandinPluginOptions extends Omit<
  StandinOptions,
  'port' | 'host' | 'controlPort' | 'logger' | 'cwd' | 'onReload'
> {
  /**
   * A path such as `/api`, which stands before every documented path (as `basePath` would) and below which
   * everything is the mocked API's. Without one it takes the documented paths, and Vite takes the rest.
   */
  readonly prefix?: string
}

type Server = Pick<ViteDevServer | PreviewServer, 'middlewares' | 'config'> & {
  resolvedUrls: ViteDevServer['resolvedUrls']
  printUrls: () => void
  close: () => Promise<void>
}

const holders = new Holders()

/**
 * Mounts a stand-in in Vite's dev server and in `vite preview`: the page and the mocked API have one origin,
 * and what happens to a connection happens to the browser's own. Changed docs are served anew, and the
 * page is loaded again.
 */
export function standin(options: StandinPluginOptions = {}): Plugin {
  // At a restart the same plugin may serve two servers, of which the environment tells which one ends.
  const closing = new WeakMap<object, () => Promise<void>>()
  return {
    name: 'standin',
    apply: 'serve',
    async configureServer(server) {
      const { host } = server.config.server
      const close = await mount(server, host, {
        ...options,
        watch: options.watch ?? true,
        onReload: () => server.ws.send({ type: 'full-reload' }),
      })
      closing.set(server.environments.client, () =>
        close().catch((error: unknown) => server.config.logger.error(`[standin] ${String(error)}`)),
      )
    },
    async configurePreviewServer(server) {
      await mount(server, server.config.preview.host, { ...options, watch: options.watch ?? false })
    },
    // A restart ends the old server without calling its `close`.
    async buildEnd() {
      await closing.get(this.environment)?.()
    },
  }
}
export default standin

async function mount(
  server: Server,
  host: string | boolean | undefined,
  { prefix, ...options }: StandinPluginOptions & Pick<StandinOptions, 'onReload'>,
): Promise<Held['close']> {
  const { root, logger } = server.config
  const folder = stateFolder(options.store, root)
  const { made, close } = await holders.hold(folder, () =>
    createStandin({
      ...options,
      ...(folder !== undefined && { store: folder }),
      ...(prefix !== undefined && options.basePath === undefined && { basePath: [prefix] }),
      docsPath: options.docsPath ?? 'off',
      openapiPath: options.openapiPath ?? 'off',
      cwd: root,
      host: addressOf(host),
      logger: warningsTo(logger),
    }),
  )
  handOver(server, made, prefix)
  printWith(server, made)
  closeWith(server, close)
  return close
}

/** So that whoever closes the server hears of what could not be closed; hooks cannot tell them. */
function closeWith(server: Server, close: () => Promise<void>): void {
  const closeServer = server.close.bind(server)
  server.close = async () => {
    await Promise.all([closeServer(), close()])
  }
}

function handOver({ middlewares }: Server, standin: Standin, prefix: string | undefined): void {
  const takes = takesOf(() => standin.description, prefix)
  middlewares.use((request, response, next) => {
    if (takes(request.url ?? '/')) standin.handle(request, response)
    else next()
  })
}

/** Undefined for state in memory or behind a URL. */
const stateFolder = (store: string | undefined, root: string): string | undefined =>
  store === undefined || store === 'memory' || store.includes('://') ? undefined : resolve(root, store)

/** As Vite's own options say it: `true` is every address. What others can reach asks for a token. */
function addressOf(host: string | boolean | undefined): string {
  if (host === true) return '0.0.0.0'
  return host === undefined || host === false ? '127.0.0.1' : host
}
