import { momentText } from '#look/dates.ts'
import { Finding } from '#look/finding.ts'
import { h } from '#look/h.ts'
import { moneyText } from '#look/money-text.ts'
import { filled } from '#look/words.ts'
import type { OrderPageData } from './page-data.ts'

/** What is out of the ordinary, said as it is. Read out when it changes. */
export function Notices({ view, words, locale, isOffline }: OrderPageData & { readonly isOffline: boolean }) {
  const { cancel, refunded, is_delayed, known_at } = view
  return h(
    'div',
    { class: 'order-notices', role: 'status' },
    is_delayed && h(Finding, { severity: 'warn', word: words.wordDelayed }, words.delayed),
    cancel !== undefined &&
      h(
        Finding,
        { severity: cancel === 'declined' ? 'warn' : 'fixed', word: words.wordCancel },
        words[`cancel_${cancel}`],
      ),
    refunded !== undefined &&
      h(
        Finding,
        { severity: 'fixed', word: words.wordMoney },
        filled(words.refunded, { amount: moneyText(refunded.amount, refunded.currency, locale) }),
      ),
    isOffline &&
      h(
        'p',
        { class: 'quiet' },
        words.offline,
        known_at !== undefined && ` ${filled(words.knownAt, { time: momentText(known_at, locale) })} UTC`,
      ),
  )
}
