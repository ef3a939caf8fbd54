import type { S3Client } from '@aws-sdk/client-s3'
import { createUploads } from '../files/uploads.ts'
import type { OrderChanger } from '../orders/change-order.ts'
import type { Order } from '../orders/order.ts'
import { createPriceDirectory } from '../quotes/price-directory.ts'
import { createFacilityDirectory } from '../routing/facility-directory.ts'
import { createLoadDirectory } from '../routing/load-directory.ts'
import type { Consequences } from '../status/apply-facility-status.ts'
import { seizeClaim } from './claim-job.ts'
import { reprintLost } from './reprint-lost.ts'
import { chooserFor } from './rerouting.ts'
import { sweepLost } from './sweep-lost.ts'
import { sweepQueued } from './sweep-queued.ts'

/** What becomes of jobs that their facility does not make, does not take, or that were lost on their way. */
export type Elsewhere = Consequences & {
  /** Takes back what is not taken, and what is on the queues of facilities that take none; says how many jobs moved. */
  readonly sweep: () => Promise<number>
  /** Goes on with lost parcels whose reprint nobody made; says of how many orders. */
  readonly sweepLost: () => Promise<number>
}

export function createElsewhere(
  changer: OrderChanger,
  { s3, bucket }: { readonly s3: S3Client; readonly bucket: string },
): Elsewhere {
  const { database, now, log } = changer
  const rerouting = {
    database,
    facilities: createFacilityDirectory(database, now, log),
    prices: createPriceDirectory(database, now, log),
    load: createLoadDirectory(database, now, log),
    now,
  }
  const resting = new Map<string, number>()
  const { isThere } = createUploads(s3, bucket)
  const reprint = (order: Order) => reprintLost({ changer, rerouting, isStored: (key) => isThere(bucket, key) }, order)
  return {
    chooserFor: (orderId) => chooserFor(rerouting, orderId),
    reprintLost: reprint,
    sweepLost: () => sweepLost(changer, reprint),
    seizeClaim: (job) => seizeClaim({ s3, bucket }, job, now()),
    sweep: () => sweepQueued({ changer, rerouting, claims: { s3, bucket }, resting }),
  }
}
