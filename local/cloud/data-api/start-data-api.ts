import { createServer, type Server } from 'node:http'
import { type Clock, systemClock } from '#chassis/clock.ts'
import type { Log } from '#chassis/log.ts'
import { createAdmission } from './admission.ts'
import { createFaultSwitch, type Faults } from './faults.ts'
import { auroraLimits, type Limits } from './limits.ts'
import { createListener } from './listener.ts'
import { createOperations } from './operations.ts'
import { openSessions } from './sessions.ts'
import { createTransactions } from './transactions.ts'

export type DataApi = { readonly url: string; readonly close: () => Promise<void> }

export type DataApiOptions = {
  /** Port on 127.0.0.1; 0 takes a free one. */
  readonly port: number
  readonly postgresUrl: string
  /** The only ones that are accepted. */
  readonly resourceArn: string
  readonly secretArn: string
  readonly log: Log
  /** Statements that run at the same time outside transactions. */
  readonly connections?: number
  readonly faults?: Partial<Faults>
  readonly clock?: Clock
  readonly limits?: Partial<Limits>
}

/**
 * The RDS Data API in front of `postgresUrl`, with Aurora's limits and error texts. GET and POST /_local/faults read and
 * change its faults. PostgreSQL need not run yet: calls meanwhile answer DatabaseUnavailableException (504, which SDKs retry).
 */
export async function startDataApi(options: DataApiOptions): Promise<DataApi> {
  const { postgresUrl: url, clock = systemClock, log } = options
  const limits = { ...auroraLimits, ...options.limits }
  const statementMilliseconds = limits.statementMilliseconds
  const pool = openSessions({ url, limits, statementMilliseconds, count: options.connections ?? 10 })
  const single = { url, limits, count: 1 }
  const transactions = createTransactions({
    limits,
    clock,
    open: (onLost) => openSessions({ ...single, statementMilliseconds, onLost }),
  })
  const openUnlimited = () => openSessions({ ...single, statementMilliseconds: 0 })
  const operations = createOperations({ pool, transactions, limits, openUnlimited })
  const server = createServer(
    createListener({
      operations,
      log,
      requestBytes: limits.requestBytes,
      faults: createFaultSwitch(options.faults ?? {}, options.resourceArn, clock),
      admit: createAdmission({ ...options, database: new URL(url).pathname.slice(1) }),
    }),
  )
  // Longer than any client keeps an idle connection, so that none is closed under a request.
  server.keepAliveTimeout = 120_000
  const port = await listen(server, options.port)
  log.info({ port }, 'data_api_listening')
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      const impatience = setTimeout(() => server.closeAllConnections(), 5000)
      await new Promise((resolve) => server.close(resolve))
      clearTimeout(impatience)
      await transactions.close()
      await pool.close(1)
    },
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}
