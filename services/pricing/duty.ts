import { proportionMinor } from '#contracts/money.ts'
import type { Charges } from '#contracts/order-api/charges.ts'
import type { DutyRule } from '#contracts/prices/price-book.ts'
import { isWithoutBorder } from '#contracts/taxes/customs-union.ts'
import type { PlacedItem } from './place-item.ts'

type Terms = Charges['duty']['terms']
type Maker = Pick<PlacedItem, 'facility' | 'book'>

/** Who pays at the border between a facility and a country. */
export function termsOf({ facility, book }: Maker, country: string): Terms {
  if (isWithoutBorder(facility.country, country)) return 'none'
  return ruleOf(book, country) ? 'DDP' : 'DAP'
}

/** Duty and clearance that we pay for goods of this price; undefined where we pay none. */
export function dutyMinor(maker: Maker, country: string, goodsMinor: number): number | undefined {
  const rule = dutyRuleOf(maker, country)
  return rule && dutyBy(rule, goodsMinor)
}

/** By which duty and clearance are ours to pay; undefined where they are not. */
export const dutyRuleOf = ({ facility, book }: Maker, country: string): DutyRule | undefined =>
  isWithoutBorder(facility.country, country) ? undefined : ruleOf(book, country)

export const dutyBy = ({ percentOfGoods, clearance }: DutyRule, goodsMinor: number): number =>
  proportionMinor(goodsMinor, Math.round(percentOfGoods * 1000), 100_000) + clearance

const ruleOf = ({ duty = [] }: PlacedItem['book'], country: string) =>
  duty.find(({ countries }) => countries.includes(country))

const words: Readonly<Record<Terms, string>> = {
  none: 'no customs border on the way',
  DDP: 'delivered duty paid: duty and clearance are part of the shipping price, the recipient pays nothing at the border',
  DAP: 'delivered at place: the recipient pays duty, if there is any, and what the carrier asks for clearing it; the tax is charged here',
}

/** The terms of a whole order: the heaviest on the recipient stands in front, and the words name each facility. */
export function dutyOf(makers: readonly Maker[], country: string): Charges['duty'] {
  const each = makers.map((maker) => ({ id: maker.facility.id, terms: termsOf(maker, country) }))
  const terms = (['DAP', 'DDP', 'none'] as const).find((one) => each.some((maker) => maker.terms === one)) ?? 'none'
  const isSame = each.every((maker) => maker.terms === terms)
  if (isSame) return { terms, detail: sentence(words[terms]) }
  return { terms, detail: each.map((maker) => sentence(`From ${maker.id} ${words[maker.terms]}`)).join(' ') }
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
