import { linkPath } from '../../../services/button-checkout/checkouts/links.ts'
import type { MoneyWorld } from '../../loopback/button-checkout/money/money-world.ts'
import { pass } from '../../loopback/button-checkout/money/settle-down.ts'
import { sessionOf, tell, type visitorOf } from '../../loopback/button-checkout/money/visitor.ts'
import type { Step } from './checkout-commands.ts'

type Visitor = ReturnType<typeof visitorOf>
type Seen = Awaited<ReturnType<Visitor['look']>>

/** One checkout that is played. */
export type Play = {
  readonly world: MoneyWorld
  readonly table: { isAway: boolean }
  readonly visitor: Visitor
  readonly id: string
  readonly path: string
  /** What each tab shows. */
  readonly tabs: Seen[]
  /** The payment page that each tab was led to. */
  readonly sessions: string[]
  /** What the button said that led to a payment page. */
  readonly clicked: Map<string, number>
}

/** Longer than this nobody waits between two looks of a worker. */
const sweepEveryMilliseconds = 5 * 60_000

/** Does it; what is refused changes nothing. A 5xx without a reason is a fault of ours and throws. */
export async function perform(play: Play, step: Step, watch: () => void): Promise<void> {
  const { world, table } = play
  switch (step.do) {
    case 'look':
    case 'pay':
    case 'done':
    case 'edit':
      return inTab(play, step)
    case 'act':
      return act(play, play.sessions[step.tab] ?? '', (session) => world.standIn.control.act(session, step.deed))
    case 'settle':
      return act(play, play.sessions.find((each) => each !== '') ?? '', (each) =>
        world.standIn.control.settle(each, step.as),
      )
    case 'margin':
      return world.shelf.editMargin(step.amount)
    case 'prices':
      return world.shelf.editPrices(step.amount)
    case 'pass':
      return waited(world, step.amount * 1000, watch)
    case 'webhook':
      return hear(play, step)
    case 'sweep':
      return void (await world.sweep().catch(() => 0))
    case 'follow':
      return world.follow().catch(() => undefined)
    case 'cancel': {
      const orderPath = linkPath(world.keyring, 'order', play.id)
      return void sound((await play.visitor.call('POST', `${orderPath}/cancel`)).status)
    }
    case 'cancelled':
    case 'partly':
      return givenBack(play, 'amount' in step ? step.amount : 100)
    case 'store_away':
    case 'store_back':
      table.isAway = step.do === 'store_away'
      return
    case 'api':
      world.desk.state.weather = step.weather
      return
    case 'provider':
      return world.standIn.control.setFault(step.fault, step.count)
    default:
      return step satisfies never
  }
}

async function inTab(play: Play, step: Extract<Step, { do: 'look' | 'pay' | 'done' | 'edit' }>): Promise<void> {
  const { visitor, path, tabs, sessions, clicked } = play
  const seen = tabs[step.tab]
  if (step.do === 'look') {
    const answer = await visitor.call('GET', `${path}/state`)
    if (sound(answer.status) === 200) tabs[step.tab] = JSON.parse(answer.body)
    return
  }
  if (step.do === 'done') return void sound((await visitor.call('GET', `${path}/done`)).status)
  if (step.do === 'edit') {
    const answer = await visitor.edit(path, seen.version, step.quantity)
    if (sound(answer.status) === 200) tabs[step.tab] = JSON.parse(answer.body)
    return
  }
  const answer = await visitor.pay(path, seen)
  if (sound(answer.status) !== 200 || answer.body.includes('/order/')) return
  const session = sessionOf(answer.body)
  sessions[step.tab] = session
  const gross = seen.price?.methods[0]?.charges.gross
  const said = clicked.get(session)
  if (said !== undefined && said !== gross) throw new Error(`One payment page for ${said} and for ${gross}`)
  clicked.set(session, gross)
}

/** 503 is honest while something is away; any other 5xx is ours. */
function sound(status: number): number {
  if (status >= 500 && status !== 503) throw new Error(`It answered ${status}`)
  return status
}

async function act({ world }: Play, session: string, deed: (session: string) => void): Promise<void> {
  if (session === '') return
  deed(session)
  await world.standIn.tick()
}

async function waited(world: MoneyWorld, milliseconds: number, watch: () => void): Promise<void> {
  for (let left = milliseconds; left > 0; left -= sweepEveryMilliseconds) {
    await pass(world, Math.min(left, sweepEveryMilliseconds)).catch(() => undefined)
    watch()
  }
}

async function hear({ world, id }: Play, { how, pick }: Extract<Step, { do: 'webhook' }>): Promise<void> {
  const events = world.standIn.control.events().filter(({ object }) => JSON.stringify(object).includes(id))
  const event = how === 'newest' ? events.at(-1) : events[pick % Math.max(1, events.length)]
  if (!event) return
  const forged = how === 'forged' ? { secret: 'whsec_forged' } : {}
  const old = how === 'old' ? { at: new Date(world.clock.nowEpochMs - 6 * 60_000) } : {}
  const sentAt = world.clock.nowEpochMs
  const status = await tell(world, event.id, { ...forged, ...old })
  const isHeard = how === 'newest' || how === 'any'
  // While it travelled, time passed: it may have become too old.
  if (world.clock.nowEpochMs !== sentAt && status === 401) return
  if (isHeard ? ![200, 503].includes(status) : status !== 401) throw new Error(`A ${how} webhook got ${status}`)
}

/** order-api gives back what it says, and never takes that back. */
async function givenBack({ world, id }: Play, percent: number): Promise<void> {
  const order = world.desk.orders.get(id)
  if (!order) return
  const refunded = Math.max(order.refunded, Math.floor(((order.request.sale?.amount ?? 0) * percent) / 100))
  world.desk.change(id, percent === 100 ? 'cancelled' : order.stage, refunded)
}
