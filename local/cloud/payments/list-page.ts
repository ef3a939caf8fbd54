import { type Html, html } from '../pages/html.ts'
import { page, time } from '../pages/page.ts'
import type { Journal } from './journal.ts'
import { amountText } from './pay-page.ts'
import type { Session } from './records.ts'

const mostShown = 200

/** What the stand-in was asked to take, newest first, and what came of it. */
export function listPage(journal: Journal): string {
  const sessions = [...journal.sessions.values()].sort((a, b) => b.created - a.created).slice(0, mostShown)
  const rows = sessions.map((session) => row(session, journal))
  const list =
    rows.length === 0
      ? html`<p>No payments yet. Buy something at the demo shop.</p>`
      : html`<table>
<thead><tr><th scope="col">Begun</th><th scope="col">Amount</th><th scope="col">For</th><th scope="col">Customer</th><th scope="col">State</th></tr></thead>
<tbody>${rows}
</tbody>
</table>`
  return page(
    { title: 'Payments', styleSheet: '/c/style.css', isWide: true },
    html`<h1>Payments</h1>
<p class="banner"><strong>Stand-in for Stripe on this machine.</strong> It speaks the same endpoints and signs the same webhooks; no money moves.</p>
${list}`,
  )
}

function row(session: Session, journal: Journal): Html {
  const { id, created, description, customer_email, status } = session
  const what = status === 'open' ? html`<a href="/c/pay/${id}">${description}</a>` : html`${description}`
  return html`
<tr><td>${time(new Date(created * 1000).toISOString())}</td><td class="amount">${amountText(session)}</td><td>${what}</td><td>${customer_email ?? ''}</td><td>${stateOf(session, journal)}</td></tr>`
}

/** Open ones can still be paid; what went back is told with what was paid. */
function stateOf({ status, payment_status, payment_intent, currency, settles }: Session, journal: Journal): string {
  if (status !== 'complete') return status
  if (payment_status === 'unpaid') return settles ? 'transfer on its way' : 'transfer that never came'
  const refunded = [...journal.refunds.values()]
    .filter((refund) => refund.payment_intent === payment_intent)
    .reduce((sum, { amount }) => sum + amount, 0)
  return refunded === 0 ? 'paid' : `paid, ${amountText({ amount_total: refunded, currency })} given back`
}
