import { Buffer } from 'node:buffer'
import postgres from 'postgres'
import type { Bound } from './bind-parameters.ts'
import { databaseError } from './database-error.ts'
import type { Limits } from './limits.ts'
import { ServiceError } from './service-error.ts'

/** One cell in PostgreSQL's text form. */
export type Row = readonly (string | null)[]

export type Outcome = {
  /** Name and type (pg_type.oid) of each column; empty for a statement that returns no rows. */
  readonly columns: readonly { readonly name: string; readonly type: number }[]
  readonly rows: readonly Row[]
  readonly count: number
  /** PostgreSQL's command tag: "SELECT", "INSERT", "COMMIT" … */
  readonly command: string
}

/** One or more connections that run single statements. */
export type Sessions = {
  /** Throws ServiceError; a lost connection is replaced at the next call. */
  readonly run: (text: string, bound?: readonly Bound[]) => Promise<Outcome>
  readonly close: (graceSeconds: number) => Promise<void>
}

/** Every value stays text: the Data API has its own idea of types. */
const asText = {
  to: 25,
  from: [16, 17, 21, 23, 26, 114, 700, 701, 1082, 1114, 1184, 3802],
  serialize: (value: unknown) => value,
  parse: (text: string) => text,
}

/**
 * Connects lazily to `url` with at most `count` connections, one statement at a time on each.
 * `statementMilliseconds` 0 lets a statement run for ever. `onLost` is called when a connection ends.
 */
export function openSessions(options: {
  readonly url: string
  readonly count: number
  readonly limits: Limits
  readonly statementMilliseconds: number
  readonly onLost?: () => void
}): Sessions {
  const { limits, statementMilliseconds } = options
  const sql = postgres(options.url, driverOptions(options))
  return {
    run: async (text, bound = []) => {
      const keep = rowKeeper(limits)
      const pending = sql.unsafe<(string | null)[][]>(
        text,
        bound.map(({ value, type }) => sql.typed(value, type)),
        extendedProtocol,
      )
      pending.values()
      // PostgreSQL ends a statement that runs too long; this ends one that waits too long for a connection.
      const patience = statementMilliseconds && setTimeout(() => pending.cancel(), statementMilliseconds + 1000)
      try {
        const result = await pending.forEach(keep.add)
        return { columns: result.columns ?? [], rows: keep.rows(), count: result.count ?? 0, command: result.command }
      } catch (error) {
        throw databaseError(error)
      } finally {
        clearTimeout(patience)
      }
    },
    close: (graceSeconds) => sql.end({ timeout: graceSeconds }),
  }
}

// Prepared, so that PostgreSQL plans a statement once; never the simple protocol, which would allow several at once.
const extendedProtocol = { prepare: true, simple: false }

function driverOptions(options: Parameters<typeof openSessions>[0]) {
  return {
    max: options.count,
    // No statement behind another on one connection: the first may wait for a lock.
    max_pipeline: 0,
    // A transaction's connection must not be renewed under it.
    max_lifetime: options.onLost ? null : 1800,
    connect_timeout: 3,
    backoff: () => 0.05,
    fetch_types: false,
    types: { asText },
    onnotice: () => undefined,
    onclose: options.onLost,
    connection: {
      application_name: 'data-api',
      statement_timeout: options.statementMilliseconds,
      TimeZone: 'UTC',
      DateStyle: 'ISO',
    },
  }
}

/** Collects rows up to the limits and then only counts, so that a huge result costs no memory. */
function rowKeeper({ rowBytes, resultBytes }: Limits) {
  let rows: Row[] = []
  let total = 0
  let largest = 0
  return {
    add: (row: Row) => {
      let bytes = 0
      for (const cell of row) bytes += cell === null ? 0 : Buffer.byteLength(cell)
      total += bytes
      largest = Math.max(largest, bytes)
      if (total > resultBytes || largest > rowBytes) rows = []
      else rows.push(row)
    },
    rows: (): readonly Row[] => {
      if (total > resultBytes)
        throw new ServiceError(
          'UnsupportedResultException',
          'Database returned more than the allowed response size limit',
        )
      if (largest > rowBytes)
        throw new ServiceError(
          'UnsupportedResultException',
          `Packet for query is too large: a row has ${largest} bytes`,
        )
      return rows
    },
  }
}
