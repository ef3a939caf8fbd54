import { Pool } from 'undici'
import { createEdge, type Outcome } from '../../local/edge/edge.ts'
import type { Origin } from '../../local/edge/origin.ts'
import { createOriginGroup } from '../../local/edge/origin-group.ts'
import { startEdge } from '../../local/edge/start-edge.ts'
import { findVarnish, startVarnish } from '../../local/edge/varnish.ts'

export type Reply = {
  /** 0: no answer at all. */
  readonly status: number
  readonly outcome: Outcome | 'none'
  readonly text: string
}

/** One place of a CDN, which listens on this machine. */
export type DrillEdge = {
  readonly name: string
  readonly url: string
  readonly read: (path: string) => Promise<Reply>
  readonly close: () => Promise<void>
}

export type Stores = { readonly first: Origin; readonly standby: Origin }

const connections = 8

export type EdgeTime = {
  readonly now: () => Date
  /** For a Varnish, which has a clock of its own. */
  readonly timesFaster: number
}

/** The edge of `npm start`, on a clock that the drill moves. */
export async function ourEdge(
  name: string,
  stores: Stores,
  { now, capacityBytes }: Pick<EdgeTime, 'now'> & { readonly capacityBytes: number },
): Promise<DrillEdge> {
  const edge = createEdge({ origin: createOriginGroup(stores), capacityBytes, now })
  const server = await startEdge({ edge })
  return drillEdge(name, server.url, async () => {
    await server.close()
    await edge.settled()
  })
}

/** A real Varnish; undefined where it is not installed. Its time runs `timesFaster` than ours. */
export async function varnishEdge(name: string, stores: Stores, timesFaster: number): Promise<DrillEdge | undefined> {
  const program = await findVarnish()
  if (program === undefined) return undefined
  const server = await startVarnish({ program, ...stores, timesFaster, memory: '64m' })
  return drillEdge(name, server.url, server.close)
}

function drillEdge(name: string, url: string, end: () => Promise<void>): DrillEdge {
  const pool = new Pool(url, { connections, pipelining: 1 })
  return {
    name,
    url,
    read: (path) => readFrom(pool, path),
    close: async () => {
      await pool.destroy()
      await end()
    },
  }
}

const outcomes: readonly Outcome[] = ['Hit', 'Miss', 'Stale', 'Error']

async function readFrom(pool: Pool, path: string): Promise<Reply> {
  try {
    const { statusCode, headers, body } = await pool.request({ path, method: 'GET' })
    const outcome = outcomes.find((each) => each === headers['x-cache']) ?? 'none'
    return { status: statusCode, outcome, text: await body.text() }
  } catch (error) {
    return { status: 0, outcome: 'none', text: error instanceof Error ? error.message : String(error) }
  }
}
