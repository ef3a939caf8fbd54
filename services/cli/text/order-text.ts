import type { Order } from '../../order-client/index.ts'
import { chargesText } from './charges-text.ts'
import type { Paint } from './paint.ts'
import { plain } from './plain.ts'
import { count, moneyText, timeText, words } from './words.ts'
import { wrapped } from './wrapped.ts'

/** An order as people read it: what, to whom, how far, what it costs, what needs attention. */
export function orderText(order: Order, paint: Paint): string {
  const { id, reference, stage, is_held, is_test, payment, charges, created_at } = order
  const name = reference === undefined ? '' : ` · ${plain(reference)}`
  const held = is_held ? ` · ${paint.warn('! held')}` : ''
  return [
    `${paint.strong(id)}${name}`,
    `${stagePainted(stage, paint)}${untilWhen(order)}${held} · ${words(payment)}${is_test ? ' · test' : ''} · placed ${timeText(created_at)}`,
    ...saleLine(order),
    ...cancelLine(order, paint),
    '',
    ...order.items.flatMap((item) => itemLines(item, paint)),
    '',
    recipientLine(order),
    ...order.shipments.map(
      ({ carrier, tracking_number, quantity, shipped_at }) =>
        `Parcel: ${quantity} with ${plain(carrier)}, ${plain(tracking_number)}, left ${timeText(shipped_at)}`,
    ),
    ...(charges === undefined ? [] : ['', chargesText(charges, paint)]),
    ...issueLines(order, paint),
  ].join('\n')
}

function untilWhen({ stage, grace_ends_at, ends_at }: Order): string {
  if (stage === 'grace' && grace_ends_at !== undefined) return `, can be changed until ${timeText(grace_ends_at)}`
  if (ends_at === undefined) return ''
  if (stage === 'draft') return `, to be confirmed until ${timeText(ends_at)}`
  return stage === 'awaiting_files' ? `, cancelled unless they come until ${timeText(ends_at)}` : ''
}

const cancelWords: Readonly<Record<NonNullable<Order['cancel']>['state'], string>> = {
  asked: 'the facility is asked',
  accepted: 'the facility stopped it',
  partially_accepted: 'the facility stopped a part of it',
  declined: 'the facility had begun; it may still stop it',
}

const cancelLine = ({ cancel }: Order, paint: Paint): readonly string[] =>
  cancel === undefined
    ? []
    : [`${paint.warn('! cancel wanted')} ${timeText(cancel.requested_at)}: ${cancelWords[cancel.state]}`]

function saleLine({ sale }: Order): readonly string[] {
  if (sale === undefined) return []
  const { amount, currency, paid_at, refunded } = sale
  const back = refunded > 0 ? `, ${moneyText(refunded, currency)} of it goes back` : ''
  return [`Sold through your button: the customer paid ${moneyText(amount, currency)} at ${timeText(paid_at)}${back}`]
}

export function stagePainted(stage: Order['stage'], paint: Paint): string {
  if (stage === 'cancelled' || stage === 'rejected') return paint.reject(`✗ ${words(stage)}`)
  if (stage === 'delivered' || stage === 'shipped') return paint.accent(`✓ ${words(stage)}`)
  return paint.accent(`● ${words(stage)}`)
}

function itemLines(
  { id, sku, quantity, title, pages, status, failure, facility_id }: Order['items'][number],
  paint: Paint,
) {
  const facts = [title === undefined ? '' : plain(title), pages === undefined ? '' : count(pages, 'page'), facility_id]
  const state = failure === undefined ? words(status) : `${paint.reject(`✗ ${words(status)}`)}: ${failure}`
  return [
    `  ${quantity} × ${sku} · ${state}`,
    paint.quiet(`    ${[id, ...facts.filter((fact) => fact !== '')].join(' · ')}`),
  ]
}

function recipientLine({ recipient: { name, address }, shipping_method }: Order): string {
  const { line1, postal_code, city, country } = address
  return plain(`To ${name}, ${line1}, ${postal_code} ${city}, ${country} · ${words(shipping_method)} shipping`)
}

const mostIssues = 8
function issueLines({ issues }: Order, paint: Paint): readonly string[] {
  if (issues.length === 0) return []
  const lines = issues
    .slice(0, mostIssues)
    .flatMap(({ severity, code, found, action }) => [
      severity === 'reject' ? paint.reject(`✗ ${code}`) : severity === 'warn' ? paint.warn(`! ${code}`) : `✓ ${code}`,
      ...wrapped(plain(`${found}. ${action}`), 74).map((line) => `    ${line}`),
    ])
  const rest = issues.length - mostIssues
  return ['', ...lines, ...(rest > 0 ? [`… and ${rest} more with --json`] : [])]
}
