import { restoreSnapshot, takeSnapshot } from '../../local/cloud/postgres/snapshot.ts'
import { type Figure, none } from '../drill.ts'
import { pathOf } from '../world/publications.ts'
import { until } from '../world/until.ts'
import { copyFiles } from './copy-files.ts'
import { reconcile } from './reconcile.ts'
import { deliveredAt, edited, minutes, type Scene } from './scene.ts'
import type { Steps } from './steps.ts'
import { ground, services } from './two-clouds.ts'

/** The same the other way round, planned: nothing is lost. */
export async function goBack(scene: Scene, steps: Steps): Promise<Figure[]> {
  const { primary, standby, callers, ledger, facilities, context, ids, edges } = scene
  context.tell('back, when the primary region is well again')
  await primary.platform.bringBack('object-store')
  await until('its bucket has what it missed', () => hasNewest(scene), context.signal, minutes)
  await steps.step('return: fence', async () => {
    for (const name of services) await standby.platform.takeDown(name)
  })
  await steps.step('return: restore', async () => {
    for (const name of ground) await primary.platform.bringBack(name)
    await copyFiles({ from: standby, to: primary, withClaims: true })
    await restoreSnapshot(primary.postgresUrl, await takeSnapshot(standby.postgresUrl))
  })
  const known = await steps.step('return: reconcile', () => reconcile(primary))
  await steps.step('return: point', async () => scene.turn())
  await steps.step('return: open', async () => {
    for (const name of services) await primary.platform.bringBack(name)
    await facilities.workWith(primary)
  })
  await ledger.placeSome(callers.primary, 1)
  await deliveredAt(scene, callers.primary)
  await edited(callers.primary, ids, edges, context.signal)
  return [
    none('jobs that the returned region does not know', known.lost + known.elsewhere + known.behind),
    none('accepted orders that are nowhere or not delivered', await ledger.undelivered(callers.primary)),
  ]
}

/** The region that comes back has to have the newest text before it is asked first. */
async function hasNewest({ primary, standby, ids }: Scene): Promise<boolean> {
  const key = pathOf(ids[0] ?? '').slice(1)
  const [one, other] = await Promise.all(
    [primary.stores.first, standby.stores.standby].map((store) => store.get(key, {}).catch(() => undefined)),
  )
  return one !== undefined && other !== undefined && Buffer.compare(one.body, other.body) === 0
}
