import type { Charges, Tax } from '#contracts/order-api/charges.ts'
import type { Billing, Order } from '../../../../services/order-api/orders/order.ts'
import { aFileId, aRequest, placedOrder } from '../world.ts'

const tax: Tax = { kind: 'vat', jurisdiction: 'NL', rate_percent: 21, is_inclusive: false }

/** Amounts as a price makes them: net, its tax, and both together. */
export const taxedAmounts = (net: number) => {
  const tax_amount = Math.round(net * 0.21)
  return { net, tax_amount, gross: net + tax_amount }
}

/** Charges of lines with these net amounts, sent in these groups of places at these net prices. */
export function chargesOf(
  lines: readonly number[],
  parcels: readonly { readonly items: readonly number[]; readonly net: number }[],
  quantity = 1,
): Charges {
  const charged = lines.map((net, item) => ({
    item,
    sku: 'poster-a3',
    quantity,
    unit: { base: net, pages: 0, options: {} },
    discount: 0,
    tax,
    ...taxedAmounts(net),
  }))
  const shipping = parcels.map(({ items, net }) => ({
    facility_id: 'fac_utrecht',
    method: 'standard' as const,
    items: [...items],
    parcels: 1,
    weight_grams: 100,
    earliest: '2026-11-23',
    latest: '2026-11-25',
    tax,
    ...taxedAmounts(net),
  }))
  const sum = (of: 'net' | 'tax_amount' | 'gross'): number =>
    [...charged, ...shipping].reduce((total, each) => total + each[of], 0)
  const totals = { net: sum('net'), tax_amount: sum('tax_amount'), gross: sum('gross') }
  return { currency: 'EUR', ...totals, lines: charged, shipping, duty: { terms: 'none', detail: 'none' } }
}

export const onBalance: Billing = { mode: 'prepaid', limitMinor: 0 }

/** An order of as many posters as there are lines, charged. */
export function chargedOrder(charges: Charges, changes: Partial<Order> = {}): Order {
  const items = charges.lines.map(({ quantity }) => ({ sku: 'poster-a3', quantity, files: { image: aFileId } }))
  return { ...placedOrder(aRequest({ items })), charges, billing: onBalance, payment: 'paid', ...changes }
}
