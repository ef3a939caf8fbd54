import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs'
import { openWorld } from '../../loopback/print-client-world.ts'
import { superviseClient } from '../facility/client-process.ts'
import { addressOf, install, type World } from '../facility/install.ts'
import { createOrderedJobs } from '../facility/ordered-jobs.ts'
import { openShop } from '../facility/print-shop.ts'
import type { PromiseContext, Verdict } from '../promise.ts'

/** The queue gives a message ten times before it goes to the dead letters. */
const deathsAfterReceive = 9
const deathsWithItInHand = 6
const printedWithinMilliseconds = 60_000

/**
 * P16's half of facilities: a ticket is not poison because clients die with it. Nine die in the moment in which they receive it, and know
 * nothing of it afterwards; the next one dies again and again with the job in hand, while the object store is away.
 */
export async function notPoison({ signal }: PromiseContext): Promise<Verdict> {
  const world = await openWorld()
  const installation = install(world.folder, addressOf(world), 'mortal')
  const jobs = createOrderedJobs()
  const shop = openShop(join(world.folder, 'printed'), [installation], jobs.faultsOf)
  const ticket = await world.makeTicket()
  jobs.add(ticket)
  await world.send(ticket)
  for (let death = 0; death < deathsAfterReceive; death += 1) await receiveAndForget(world, signal)
  const clients: ReturnType<typeof superviseClient>[] = []
  try {
    await world.withoutStore(async () => {
      const client = superviseClient(world, installation)
      clients.push(client)
      for (let death = 0; death < deathsWithItInHand; death += 1) {
        await until(() => client.isReady() && client.log().split('"event":"ready"').length > death + 1, signal)
        await until(() => client.log().split(ticket.jobId).length > death + 1, signal)
        client.kill()
      }
    })
    const end = performance.now() + printedWithinMilliseconds
    while (!shop.has(ticket.jobId) && performance.now() < end) await wait(20, undefined, { signal })
    const printed = shop.book().length
    const figure = `a ticket received ${deathsAfterReceive} times by clients that die at once, then in hand through ${deathsWithItInHand} kill -9: printed ${printed} time`
    return { figure, faults: [...(printed === 1 ? [] : [`printed ${printed} times`]), ...shop.faults()] }
  } finally {
    shop.close()
    for (const client of clients) await client.stop()
    await world.close()
  }
}

/** What the queue sees of a client that dies between the receive and its journal. */
async function receiveAndForget({ sqs, queueUrl }: World, signal: AbortSignal): Promise<void> {
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: queueUrl, VisibilityTimeout: 0, WaitTimeSeconds: 1 }),
      { abortSignal: signal },
    )
    if (Messages.length > 0) return
  }
}

async function until(isSo: () => boolean, signal: AbortSignal): Promise<void> {
  while (!isSo()) await wait(5, undefined, { signal })
}
