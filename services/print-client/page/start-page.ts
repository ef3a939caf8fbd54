import { createServer, type Server } from 'node:http'
import type { Clock } from '#chassis/clock.ts'
import type { Log } from '#chassis/log.ts'
import type { Desk } from '../desk/desk.ts'
import type { JobFacts } from './model/view-job.ts'
import { problem, send } from './server/answer.ts'
import { loadAssets, type ReadAsset } from './server/assets.ts'
import { handle } from './server/handle.ts'

export type PageOptions = {
  /** On 127.0.0.1; 0 takes a free one. */
  readonly port: number
  readonly desk: Desk
  readonly facts: (jobId: string) => JobFacts | undefined
  readonly readAsset: ReadAsset
  readonly clock: Clock
  readonly log: Log
  readonly signal: AbortSignal
}

export type Page = {
  /** Once it listens; undefined before. */
  readonly port: () => number | undefined
  readonly stopped: () => Promise<void>
}

const host = '127.0.0.1'
const againMilliseconds = 5_000

/**
 * Opens the client's page on this machine, now or as soon as its port is free: jobs are printed whether or not anybody can look at them. A
 * page that was not built is said in the log, and not tried again.
 */
export function startPage(options: PageOptions): Page {
  const { log, clock, signal } = options
  let server: Server | undefined
  const open = async (): Promise<void> => {
    const assets = await loadAssets(options.readAsset)
    while (!signal.aborted) {
      const made = createPageServer({ ...options, assets, port: () => portOf(made) ?? 0 })
      const fault = await listen(made, options.port)
      if (fault === undefined) {
        server = made
        log.info({ address: `http://${host}:${portOf(made)}` }, 'page_open')
        return
      }
      log.warn({ err: fault, port: options.port }, 'page_waits_for_its_port')
      await clock.sleep(againMilliseconds, signal)
    }
  }
  const opening = open().catch((error: unknown) => log.error({ err: error }, 'page_not_open'))
  return {
    port: () => server && portOf(server),
    stopped: async () => {
      await opening
      if (server) await close(server)
    },
  }
}

type Handling = Parameters<typeof handle>[0]

function createPageServer(handling: Handling): Server {
  const server = createServer(
    { requestTimeout: 10_000, headersTimeout: 5_000, maxHeaderSize: 8_192 },
    (request, response) => {
      handle(handling, request).then(
        (answer) => send(response, answer),
        (error: unknown) => {
          handling.log.error({ err: error }, 'page_request_failed')
          send(response, problem(500, 'internal', 'The print client has a fault; its log says more'))
        },
      )
    },
  )
  server.maxConnections = 64
  return server
}

const listen = (server: Server, port: number): Promise<Error | undefined> =>
  new Promise((resolve) => {
    server.once('error', resolve)
    server.listen(port, host, () => {
      server.removeListener('error', resolve)
      resolve(undefined)
    })
  })

function portOf(server: Server): number | undefined {
  const address = server.address()
  return typeof address === 'object' ? address?.port : undefined
}

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
