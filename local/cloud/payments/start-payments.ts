import { fastify } from 'fastify'
import type { Log } from '#chassis/log.ts'
import { speakStripe } from './api.ts'
import { type Control, createControl, showControl } from './control.ts'
import { deliverDue, type Traffic } from './deliver.ts'
import { createFaults } from './faults.ts'
import { openJournal } from './journal.ts'
import { showPayPages } from './pay-pages.ts'
import { settle } from './paying.ts'
import { sessionIn } from './sessions.ts'
import type { World } from './world.ts'

export type PaymentsOptions = {
  /** On 127.0.0.1; 0 chooses a free one. */
  readonly port: number
  /** Kept over restarts; nothing is kept without it. */
  readonly dataDir?: string
  /** Secret keys that it takes, of both worlds. */
  readonly keys: readonly string[]
  /** Signs webhooks. */
  readonly webhookSecret: string
  readonly webhookUrls: readonly string[]
  /** How long a payment by bank transfer takes here; five seconds without it. */
  readonly laterMilliseconds?: number
  /** Between two looks for webhooks and payments that are due; 0: only `tick` does it. Half a second without it. */
  readonly tickMilliseconds?: number
  readonly now?: () => Date
  readonly log: Log
}

export type PaymentsStandIn = {
  /** Of the API and of the payment page, without a slash at the end. */
  readonly url: string
  readonly control: Control
  /** Does what is due: payments arrive, sessions run out, webhooks leave. */
  readonly tick: () => Promise<void>
  readonly close: () => Promise<void>
}

/** Stands for Stripe on this machine: the endpoints that the checkout uses, its payment page and its webhooks. No money moves. */
export async function startPayments(options: PaymentsOptions): Promise<PaymentsStandIn> {
  const { now = () => new Date(), log, webhookSecret, tickMilliseconds = 500 } = options
  const journal = await openJournal(options.dataDir)
  const server = fastify({ forceCloseConnections: true, bodyLimit: 1024 * 1024 })
  const place = { publicUrl: '' }
  const world: World = {
    journal,
    now,
    log,
    webhookUrls: options.webhookUrls,
    laterMilliseconds: options.laterMilliseconds ?? 5000,
    get publicUrl() {
      return place.publicUrl
    },
  }
  let traffic: Traffic = 'flow'
  const faults = createFaults()
  const control = createControl(world, webhookSecret, faults, (wanted) => {
    traffic = wanted
  })
  const tick = alone(log, async () => {
    moveOn(world)
    if (traffic === 'drop') forgetWaiting(world)
    if (traffic === 'flow') await deliverDue(world, webhookSecret)
    await journal.settled()
  })
  speakStripe(server, world, options.keys, faults)
  showControl(server, control)
  showPayPages(server, world, () => void (tickMilliseconds > 0 ? tick() : undefined))
  place.publicUrl = await server.listen({ port: options.port, host: '127.0.0.1' })
  const timer = tickMilliseconds > 0 ? setInterval(tick, tickMilliseconds) : undefined
  return {
    url: place.publicUrl,
    control,
    tick,
    close: async () => {
      clearInterval(timer)
      await server.close()
      await journal.settled()
    },
  }
}

/** What time alone brings about. */
function moveOn(world: World): void {
  const nowEpochMs = world.now().getTime()
  for (const session of world.journal.sessions.values()) {
    if (session.settles && session.settles.at <= nowEpochMs) settle(world, session, session.settles.as)
    else if (session.status === 'open') sessionIn(world, session.livemode, session.id)
  }
}

/** Webhooks that never leave: the shop must find out by itself. */
function forgetWaiting({ journal }: World): void {
  for (const event of journal.events.values()) {
    if (event.waiting.length > 0) journal.put({ kind: 'event', record: { ...event, waiting: [] } })
  }
}

/** One run at a time; who asks during one gets another after it. */
function alone(log: Log, work: () => Promise<void>): () => Promise<void> {
  let last = Promise.resolve()
  let waiting = 0
  return () => {
    if (waiting > 1) return last
    waiting += 1
    last = last
      .then(work)
      .catch((error: unknown) => log.error({ err: error }, 'tick_failed'))
      .finally(() => {
        waiting -= 1
      })
    return last
  }
}
