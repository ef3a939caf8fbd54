import { type CurrencyCode, currencyCodes, currencyDecimals } from '#contracts/money.ts'
import { html } from '../pages/html.ts'
import { page } from '../pages/page.ts'
import type { Session } from './records.ts'

/** What the payment page shows of a session; `isRefused`: the card was refused a moment ago. */
export function payPage(session: Session, isRefused: boolean): string {
  const amount = amountText(session)
  return page(
    { title: `Pay ${amount}`, styleSheet: '/c/style.css' },
    html`<p class="banner"><strong>Stand-in for a payment page.</strong> No card is asked for and no money moves. Choose what the customer would do.</p>
<h1>${amount}</h1>
<p class="what">${session.description}</p>
<dl><dt>Receipt to</dt><dd>${session.customer_email ?? 'nobody'}</dd><dt>World</dt><dd>${session.livemode ? 'live' : 'test'}</dd></dl>
${
  isRefused
    ? html`<p class="refused" role="alert"><strong>The card was refused.</strong> Nothing was charged. Try again or go back.</p>`
    : html``
}
<form method="post">
<button name="deed" value="pay" class="primary">Pay ${amount}</button>
<button name="deed" value="refuse">Pay with a card that is refused</button>
<button name="deed" value="later_paid">Pay by bank transfer: arrives a little later</button>
<button name="deed" value="later_failed">Pay by bank transfer: never arrives</button>
<button name="deed" value="back" class="quiet">Go back without paying</button>
</form>`,
  )
}

/** For a session that cannot be paid any more and has nowhere to lead to. */
export function overPage(): string {
  return page(
    { title: 'This payment is over', styleSheet: '/c/style.css' },
    html`<h1>This payment is over</h1>
<p class="what">It was not paid in time, or was ended. Go back to the checkout and begin again there.</p>`,
  )
}

/** As the customer reads it. */
export function amountText({ amount_total, currency: code }: Pick<Session, 'amount_total' | 'currency'>): string {
  const currency: CurrencyCode | undefined = currencyCodes.find((known) => known === code.toUpperCase())
  if (currency === undefined) return `${amount_total} ${code}`
  const amount = amount_total / 10 ** currencyDecimals[currency]
  return new Intl.NumberFormat('en', { style: 'currency', currency }).format(amount)
}

export const payStyle = `
:root { --paper: #fbfaf7; --ink: #1c1b19; --gray: #5f5c56; --hairline: #d9d5cc; --accent: #1f4a8a; --on-accent: #fff; --warn: #f6ecd2; --reject: #9b2217; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #171614; --ink: #ece9e2; --gray: #a8a49b; --hairline: #3a3833; --accent: #9dbdf0; --on-accent: #10213d; --warn: #3a3018; --reject: #f2a097; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 28rem; margin: 0 auto; padding: 32px 20px 48px; }
main.wide { max-width: 60rem; }
.wide h1 { font-size: 25px; margin-block-end: 16px; }
.wide a { color: var(--accent); }
table { width: 100%; border-collapse: collapse; }
th { color: var(--gray); font-size: 14px; font-weight: 600; text-align: start; }
th, td { padding: 8px 12px 8px 0; border-block-end: 1px solid var(--hairline); vertical-align: top; overflow-wrap: anywhere; }
time, td.amount { font-variant-numeric: tabular-nums; white-space: nowrap; }
@media (max-width: 40rem) { thead { display: none; } tr { display: block; border-block-end: 1px solid var(--hairline); padding: 8px 0; } td { display: block; border: 0; padding: 0; } }
.banner { margin: 0 0 32px; padding: 12px 16px; border-radius: 6px; background: var(--warn); font-size: 14px; }
h1 { margin: 0; font-size: 39px; line-height: 1.2; font-weight: 600; font-variant-numeric: tabular-nums; }
.what { margin: 4px 0 20px; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; margin: 0 0 24px; padding-block: 12px; border-block: 1px solid var(--hairline); font-size: 14px; }
dt { color: var(--gray); }
dd { margin: 0; overflow-wrap: anywhere; }
.refused { margin: 0 0 20px; padding-inline-start: 12px; border-inline-start: 3px solid var(--reject); color: var(--reject); }
form { display: grid; gap: 12px; }
button { min-height: 44px; padding: 8px 16px; border: 1px solid var(--hairline); border-radius: 6px; background: transparent; color: inherit; font: inherit; cursor: pointer; }
button.primary { border-color: var(--accent); background: var(--accent); color: var(--on-accent); font-weight: 600; }
button.quiet { border-color: transparent; color: var(--gray); text-decoration: underline; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
`
