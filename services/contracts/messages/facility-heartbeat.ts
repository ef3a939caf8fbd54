import { type Static, Type } from 'typebox'
import { FacilityId } from '../ids.ts'

const count = Type.Integer({ minimum: 0 })

/** Edge 8 as well, print client → order-api, every few minutes: it is there, and how it is. Never about one job. */
export const FacilityHeartbeat = Type.Object({
  type: Type.Literal('facility_heartbeat'),
  facilityId: FacilityId,
  clientId: Type.String({ minLength: 1, maxLength: 80, description: 'one of several clients at the facility' }),
  at: Type.String({ format: 'date-time', description: 'by the clock of the client' }),
  version: Type.String({ maxLength: 40 }),
  /** Whether it takes tickets now, and if not why: disk full, hot folder away. */
  isTaking: Type.Boolean(),
  reason: Type.Optional(Type.String({ maxLength: 300 })),
  jobs: Type.Object({ open: count, held: count, failed: count, inTheShop: count }),
  /** Handed over or claimed longest ago, and not shipped. */
  oldestOpenAt: Type.Optional(Type.String({ format: 'date-time' })),
  diskFreeBytes: Type.Optional(count),
  /** Clock of the client minus that of the queue service. */
  clockSkewSeconds: Type.Optional(Type.Integer()),
  /** The access key that it uses: the one before it may be taken away. */
  accessKeyId: Type.Optional(Type.String({ maxLength: 128 })),
})
export type FacilityHeartbeat = Static<typeof FacilityHeartbeat>

/** So often a client says that it is there. */
export const heartbeatSeconds = 300
/** A facility of which nothing was heard for so long is silent: shown so, and an alarm. */
export const silentAfterSeconds = 3 * heartbeatSeconds
