import { restoreSnapshot } from '../../local/cloud/postgres/snapshot.ts'
import { type Figure, none } from '../drill.ts'
import { until } from '../world/until.ts'
import { reconcile } from './reconcile.ts'
import { deliveredAt, edited, minutes, type Scene } from './scene.ts'
import type { Steps } from './steps.ts'
import { ground, services } from './two-clouds.ts'
import type { Before } from './work.ts'

/** The runbook, "The primary region is gone". */
export async function takeOver(scene: Scene, before: Before, steps: Steps): Promise<Figure[]> {
  const { primary, standby, callers, ledger, facilities, context, ids, edges } = scene
  context.tell('the primary region is lost')
  await steps.step('fence', async () => {
    for (const name of [...services, ...ground].toReversed()) await primary.platform.takeDown(name)
  })
  await steps.step('restore', () => restoreSnapshot(standby.postgresUrl, before.dump))
  const first = await steps.step('reconcile', () => reconcile(standby, '--hold'))
  await steps.step('point', async () => scene.turn())
  const moved = await steps.step('open', async () => {
    for (const name of services) await standby.platform.bringBack(name)
    await facilities.workWith(standby)
    return reconciledWith(scene, 'lost', before.printed)
  })
  const lost = await ledger.sendLostAgain(callers.standby)
  const released = await reconcile(standby, '--release')
  await ledger.placeSome(callers.standby, 2)
  await steps.step('until every order is delivered', () => deliveredAt(scene, callers.standby))
  await steps.step('until an edit is seen', () => edited(callers.standby, ids, edges, context.signal))
  const after = await reconcile(standby)
  return [
    { name: 'orders put on hold by reconcile', value: first.held, wanted: { is: 'at least', value: 1 } },
    none('orders still on hold afterwards', first.held - released.released),
    { name: 'orders of the lost minutes', value: lost },
    {
      name: 'those that a facility has, named by reconcile',
      value: moved.lost,
      wanted: { is: 'exactly', value: before.printed },
    },
    none('jobs that nobody knows after they were sent again', after.lost + after.elsewhere),
  ]
}

/** Claims come with the print clients: until every client has carried its own, some are not there. */
async function reconciledWith({ standby, context }: Scene, what: 'lost', count: number) {
  let seen = await reconcile(standby)
  const isThere = async (): Promise<boolean> => {
    seen = await reconcile(standby)
    return seen[what] >= count
  }
  await until('claims are carried', isThere, context.signal, minutes)
  return seen
}
