import { randomBytes } from 'node:crypto'
import type { Origin } from '../../local/edge/origin.ts'
import { localFacilities } from '../../local/facilities.ts'
import { addressesFrom, listeners } from '../../local/platform/addresses.ts'
import { buckets } from '../../local/platform/cloud-environment.ts'
import { printClientName } from '../../local/platform/processes.ts'
import { freePorts } from '../../local/supervisor/ports.ts'
import { type DrillPlatform, startDrillPlatform } from '../world/drill-platform.ts'
import type { Stores } from '../world/edges.ts'

/** Two regions: each a cloud of its own with its own data. The second follows, and its services sleep. */
export type TwoClouds = {
  readonly primary: DrillPlatform
  readonly standby: DrillPlatform
  /** The two documents buckets as the CDN asks them; `turn` changes which one is asked first. */
  readonly stores: Stores
  readonly turn: () => void
}

/** What serves callers, in the order in which it is started. */
export const services = ['order-api', 'order-worker', 'processor'] as const
/** What it stands on. */
export const ground = ['postgres', 'data-api', 'queue', 'object-store'] as const

/** Facilities are in no region: their print clients are the drill's own. */
const elsewhere = ['simulated-shop', 'mailbox', ...localFacilities.map(({ id }) => printClientName(id))]
const ticketPatienceSeconds = 3

export async function openTwoClouds(stack: AsyncDisposableStack, purgeUrl: string, signal: AbortSignal) {
  const port = await freePorts(2 * listeners.length)
  const ports = { primary: port, standby: port + listeners.length }
  const storeOf = (base: number): string => addressesFrom(base).url('object-store')
  const MASTER_KEYS = randomBytes(32).toString('base64')
  const start = async (own: number, other: number, first: string, second: string): Promise<DrillPlatform> => {
    const documents = {
      DOCUMENTS_BUCKET: first,
      STANDBY_DOCUMENTS_BUCKET: second,
      STANDBY_ENDPOINT_URL_S3: storeOf(other),
    }
    const environment = {
      'order-api': { MASTER_KEYS },
      'order-worker': { MASTER_KEYS, PURGE_URLS: purgeUrl, ...documents },
      processor: documents,
    }
    const drill = await startDrillPlatform(
      { port: own, without: elsewhere, environment, ticketPatienceSeconds },
      signal,
    )
    stack.defer(drill.close)
    return drill
  }
  const standby = await start(ports.standby, ports.primary, buckets.standbyDocuments, buckets.documents)
  for (const name of services.toReversed()) await standby.platform.takeDown(name)
  const primary = await start(ports.primary, ports.standby, buckets.documents, buckets.standbyDocuments)
  return { primary, standby, ...turnable(primary.stores.first, standby.stores.standby) }
}

function turnable(one: Origin, other: Origin): Pick<TwoClouds, 'stores' | 'turn'> {
  let isTurned = false
  const first: Origin = { get: (...question) => (isTurned ? other : one).get(...question) }
  const second: Origin = { get: (...question) => (isTurned ? one : other).get(...question) }
  return {
    stores: { first, standby: second },
    turn: () => {
      isTurned = !isTurned
    },
  }
}
