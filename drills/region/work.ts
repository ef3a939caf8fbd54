import { type Snapshot, takeSnapshot } from '../../local/cloud/postgres/snapshot.ts'
import { until } from '../world/until.ts'
import { keepCopying } from './copy-files.ts'
import { minutes, type Scene } from './scene.ts'

export type Before = { readonly dump: Snapshot; readonly printed: number }

/** Orders that are printed, orders whose release the dump does not know, and orders that it does not know at all. */
export async function work(scene: Scene): Promise<Before> {
  const { primary, standby, callers, ledger, facilities, context } = scene
  const { signal, tell } = context
  const copying = keepCopying(primary, standby)
  const printed = (count: number) =>
    until(`${count} jobs are printed`, () => facilities.handedOver.length >= count, signal, minutes)
  try {
    tell('orders before the dump')
    await ledger.placeSome(callers.primary, 3)
    await until('they are delivered', async () => (await ledger.undelivered(callers.primary)) === 0, signal, minutes)
    await primary.platform.takeDown('processor')
    await ledger.placeSome(callers.primary, 3)
    const dump = await takeSnapshot(primary.postgresUrl)
    tell('orders after the dump')
    await primary.platform.bringBack('processor')
    await printed(6)
    await ledger.placeSome(callers.primary, 3)
    await printed(9)
    await ledger.placeSome(callers.primary, 2)
    return { dump, printed: 3 }
  } finally {
    await copying.stop()
  }
}
