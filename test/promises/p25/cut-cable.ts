import { setTimeout as wait } from 'node:timers/promises'
import { superviseClient } from '../facility/client-process.ts'
import type { PromiseContext, Verdict } from '../promise.ts'
import { layCable } from './cable.ts'
import { openShopFloor } from './shop-floor.ts'

/** An hour with P25_CUT_SECONDS=3600: what a longer cut adds is more of the same waits. */
const cutSeconds = Number(process.env.P25_CUT_SECONDS ?? 75)
const large = 30 * 1024 * 1024

/** The cable is pulled in the middle of a download. The shop works on and reports; more is ordered meanwhile. */
export async function cutCable({ signal, tell }: PromiseContext): Promise<Verdict> {
  const cable = layCable()
  const floor = await openShopFloor('cable', signal)
  const { world } = floor
  const { AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL_SQS } = world.environment
  const client = superviseClient(world, floor.installation, {
    within: cable.within,
    environment: {
      AWS_ENDPOINT_URL_S3: await cable.behind(AWS_ENDPOINT_URL_S3),
      AWS_ENDPOINT_URL_SQS: await cable.behind(AWS_ENDPOINT_URL_SQS),
    },
  })
  try {
    cable.plug(client.pid())
    floor.watch()
    const [known] = await floor.order(1)
    if (known === undefined) throw new Error('nothing was ordered')
    await floor.until(async () => {
      await floor.listen()
      return floor.saidOf(known.jobId).includes('accepted')
    }, 'the first job is printed and told')
    const [first] = await floor.order(2, large)
    await floor.until(() => client.log().includes('"event":"ready"'), 'it is at work')
    await floor.until(async () => (await world.unacknowledged()) > 0, 'it has them in hand')
    cable.cut()
    const printedAtCut = floor.printed().length
    for (const status of ['printing', 'printed', 'packed']) floor.say(known.jobId, status)
    await floor.order(3)
    for (let second = 0; second < cutSeconds; second += 1) {
      tell(`P25: cable cut for ${second} s of ${cutSeconds}`)
      await wait(1_000, undefined, { signal })
    }
    const isSilent = (await world.statuses()).every(({ jobId }) => jobId === first?.jobId)
    const printedMeanwhile = floor.printed().length - printedAtCut
    cable.mend()
    const verdict = await floor.settle(`cable cut for ${cutSeconds} s`)
    const isInOrder = () => floor.saidOf(known.jobId).join() === 'accepted,printing,printed,packed'
    await floor
      .until(async () => {
        await floor.listen()
        return isInOrder()
      }, 'what the shop said is told')
      .catch(() => undefined)
    const heard = floor.saidOf(known.jobId).join()
    return {
      figure: `${verdict.figure}, 3 statuses told afterwards in their order`,
      faults: [
        ...verdict.faults,
        ...(isInOrder() ? [] : [`the shop said printing, printed, packed; heard was ${heard}`]),
        ...(isSilent && printedMeanwhile <= 2 ? [] : ['the cable was not cut']),
      ],
    }
  } finally {
    await client.stop()
    cable.remove()
    await floor.close()
  }
}
