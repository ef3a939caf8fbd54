import type { Facility } from '#contracts/facility.ts'
import type { OrderRequest } from '#contracts/order-api/order-request.ts'
import { taxTable } from '#contracts/taxes/tax-table.ts'
import { localFacilities } from '../../../local/facilities.ts'
import { localPriceBooks } from '../../../local/prices/local-price-books.ts'
import type { MakeId } from '../../../services/order-api/orders/make-id.ts'
import type { Order } from '../../../services/order-api/orders/order.ts'
import { placeOrder } from '../../../services/order-api/orders/place-order.ts'

export const aFileId = 'fil_01k9zzzzzzzzzzzzzzzzzzzzzz'
export const now = new Date('2026-11-21T12:00:00.000Z')

/** Countable ids, so that a failing test can be read. */
export function countingIds(): MakeId {
  let count = 0
  return (kind) => {
    count += 1
    return `${kind}-${count}`
  }
}

export function aRequest(changes: Partial<OrderRequest> = {}): OrderRequest {
  return {
    recipient: {
      name: 'Ada Lovelace',
      address: { line1: 'Oudegracht 1', city: 'Utrecht', postal_code: '3511 AA', country: 'NL' },
    },
    shipping_method: 'standard',
    items: [{ sku: 'poster-a3', quantity: 1, files: { image: aFileId } }],
    ...changes,
  }
}

export const terms = { billing: 'invoice', creditLimitMinor: null, graceMinutes: 0, currency: 'EUR' } as const

export function place(request: OrderRequest, facilities: readonly Facility[] = localFacilities, isTest = true) {
  const data = { facilities, books: localPriceBooks, taxes: taxTable, now }
  return placeOrder({ request, accountId: 'acc_1', isTest, terms, data, now, makeId: countingIds() })
}

export function placedOrder(request: OrderRequest, isTest = true): Order {
  const result = place(request, localFacilities, isTest)
  if ('issues' in result) throw new Error(JSON.stringify(result.issues))
  return result.placed.order
}
