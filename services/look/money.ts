import type { CurrencyCode } from '#contracts/money.ts'
import { h } from './h.ts'
import { moneyText } from './money-text.ts'

type Props = { readonly amount: number; readonly currency: CurrencyCode; readonly locale: string }

/** An amount in minor units, in figures of one width. */
export const Money = ({ amount, currency, locale }: Props) =>
  h('span', { class: 'figures' }, moneyText(amount, currency, locale))
