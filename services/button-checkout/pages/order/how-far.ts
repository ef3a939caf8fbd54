import type { OrderProgress, OrderView } from '#contracts/checkout/order-view.ts'
import { daysText, dayText } from '#look/dates.ts'
import type { ProgressStep } from '#look/progress.ts'
import { filled } from '#look/words.ts'
import type { OrderWords } from '../words/order/en.ts'

const way = ['received', 'preparing', 'in_production', 'shipped', 'delivered'] as const
type Mark = (typeof way)[number]

/** The step that is under way; what is before it is done. */
const under: Readonly<Record<Exclude<OrderProgress, 'cancelled' | 'refused' | 'payment_pending'>, Mark>> = {
  received: 'preparing',
  waiting_for_file: 'preparing',
  preparing: 'preparing',
  in_production: 'in_production',
  partially_shipped: 'shipped',
  shipped: 'shipped',
  delivered: 'delivered',
}

type Steps = readonly ProgressStep[]

/** The way of an order with what is known of its dates. */
export function howFar(view: OrderView, words: OrderWords, locale: string): Steps {
  const { progress } = view
  const ordered = { title: words.step_received, note: dayText(view.ordered_at, locale), state: 'done' } as const
  if (progress === 'cancelled' || progress === 'refused') {
    return [ordered, { title: words[`step_${progress}`], state: 'stopped' }]
  }
  if (progress === 'payment_pending') {
    return [{ title: words.step_payment, state: 'now' }, ...laterSteps(view, words, locale, -1)]
  }
  const now = way.indexOf(under[progress])
  const file: Steps =
    progress === 'waiting_for_file' ? [{ title: filled(words.step_file, { seller: view.seller }), state: 'now' }] : []
  return [ordered, ...file, ...laterSteps(view, words, locale, file.length > 0 ? now - 1 : now)]
}

function laterSteps(view: OrderView, words: OrderWords, locale: string, now: number): Steps {
  const isOver = view.progress === 'delivered'
  // Nobody knows when the publisher sends the file.
  const isOpen = view.progress === 'waiting_for_file'
  const stateOf = (mark: Mark): ProgressStep['state'] => {
    const place = way.indexOf(mark)
    if (place < now || isOver) return 'done'
    return place === now ? 'now' : 'later'
  }
  const step = (mark: Mark, title: string, note?: string): ProgressStep => ({
    title,
    state: stateOf(mark),
    ...(note === undefined ? {} : { note }),
  })
  const [first] = [...view.shipments].sort((a, b) => a.shipped_at.localeCompare(b.shipped_at))
  const days = filled(words.expected, { days: daysText(view.earliest, view.latest, locale) })
  return [
    step('preparing', words.step_preparing),
    step('in_production', words.step_production),
    step('shipped', words.step_shipped, first && dayText(first.shipped_at, locale)),
    step('delivered', words.step_delivered, isOver || isOpen ? undefined : days),
  ]
}
