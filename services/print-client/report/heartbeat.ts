import type { Clock } from '#chassis/clock.ts'
import type { Log } from '#chassis/log.ts'
import { repeat } from '#chassis/repeat.ts'
import { type FacilityHeartbeat, heartbeatSeconds } from '#contracts/messages/facility-heartbeat.ts'
import type { DeskHealth } from '../desk/desk-health.ts'

export type HeartbeatDependencies = {
  readonly health: () => Promise<DeskHealth>
  /** The access key in use; absent where nobody enrolled this client. */
  readonly accessKeyId: (() => string) | undefined
  /** Gives up when the client ends: a line that is down must not hold up the end. */
  readonly send: (heartbeat: FacilityHeartbeat) => Promise<unknown>
  readonly log: Log
  readonly clock: Clock
  readonly signal: AbortSignal
}

/** So often is looked whether something changed that should be told at once. */
const lookMilliseconds = 5_000

/**
 * Says every five minutes that the client is there and how it is, and at once when it stops or begins to take tickets or has another access
 * key. Kept nowhere: the next one says it all. Until `signal` aborts.
 */
export function sendHeartbeats(dependencies: HeartbeatDependencies): Promise<void> {
  const { health, accessKeyId, send, log, clock, signal } = dependencies
  let told: { readonly atMilliseconds: number; readonly mark: string } | undefined
  const work = async (): Promise<void> => {
    const heartbeat = heartbeatOf(await health(), accessKeyId?.())
    const mark = `${heartbeat.isTaking} ${heartbeat.accessKeyId}`
    const now = clock.now().getTime()
    const isDue =
      told === undefined || told.mark !== mark || Math.abs(now - told.atMilliseconds) >= heartbeatSeconds * 1_000
    if (!isDue) return
    await send(heartbeat)
    told = { atMilliseconds: now, mark }
  }
  return repeat({ name: 'heartbeat', everyMilliseconds: lookMilliseconds, signal, log, clock, work })
}

/** What of its health a client tells; pure. Why it takes less than it could is told as well. */
export function heartbeatOf(health: DeskHealth, accessKeyId: string | undefined): FacilityHeartbeat {
  const { facilityId, clientId, at, version, isTaking, reason, jobs, oldestOpenAt, diskFreeBytes } = health
  const { clockSkewSeconds } = health
  return {
    type: 'facility_heartbeat',
    ...{ facilityId, clientId, at, version, isTaking },
    ...(reason === undefined ? {} : { reason: reason.slice(0, 300) }),
    jobs: { open: jobs.open + jobs.offered, held: jobs.held, failed: jobs.failed, inTheShop: jobs.inTheShop },
    ...(oldestOpenAt === undefined ? {} : { oldestOpenAt }),
    ...(diskFreeBytes === undefined ? {} : { diskFreeBytes }),
    ...(clockSkewSeconds === undefined ? {} : { clockSkewSeconds }),
    ...(accessKeyId === undefined ? {} : { accessKeyId }),
  }
}
