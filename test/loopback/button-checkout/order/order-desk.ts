import { actionRules } from '#contracts/order-actions.ts'
import type { SaleStanding } from '#contracts/order-api/sales.ts'
import type { Stage } from '#contracts/order-states.ts'
import type { OrdersOf } from '../../../../services/button-checkout/aftercare/orders-of-account.ts'
import { type Order, PrintcloudError } from '../../../../services/order-client/index.ts'
import { frozen, sale } from '../../../unit/button-checkout/bought-checkout.ts'

/** Orders as order-api keeps them, by its own table of actions; a test moves them on, and takes the connection away. */
export function createDesk(now: () => Date) {
  const desk = { isDown: false, asked: 0, changed: 0 }
  const orders = new Map<string, SaleStanding>()
  const recipients = new Map<string, unknown>()
  const present = (standing: SaleStanding): Order => ({
    ...{ id: standing.order_id, object: 'order', is_test: standing.is_test, stage: standing.stage },
    ...{ payment: standing.payment, is_held: false, recipient: frozen.buyer, shipping_method: 'standard' },
    ...(standing.cancel ? { cancel: standing.cancel } : {}),
    items: [],
    ...{ shipments: standing.shipments, issues: [], routing: { policy: 'nearest', candidates: [] }, metadata: {} },
    ...{ created_at: standing.updated_at, updated_at: standing.updated_at },
  })
  const found = (id: string): SaleStanding => {
    desk.asked += 1
    if (desk.isDown) throw new PrintcloudError({ code: 'network_error', detail: 'away', isRetryable: true })
    const standing = orders.get(id)
    if (standing) return standing
    throw new PrintcloudError({ code: 'not_found', status: 404, detail: 'no order', isRetryable: false })
  }
  const tooLate = () =>
    new PrintcloudError({ code: 'action_not_allowed', status: 409, detail: 'too late', isRetryable: false })
  const ordersOf: OrdersOf = () => ({
    get: async (id) => Object.assign(present(found(id)), { isStale: false, storedAt: now().toISOString() }),
    cancel: async (id) => {
      const standing = found(id)
      const rule = actionRules.cancel[standing.stage]
      if (rule === 'no') throw tooLate()
      const at = now().toISOString()
      const next: SaleStanding =
        rule === 'yes'
          ? { ...standing, stage: 'cancelled', refunded: 3003, updated_at: at }
          : { ...standing, cancel: standing.cancel ?? { requested_at: at, state: 'asked' }, updated_at: at }
      orders.set(id, next)
      return present(next)
    },
    change: async (id, { recipient }) => {
      const standing = found(id)
      if (actionRules.change_recipient[standing.stage] !== 'yes') throw tooLate()
      desk.changed += 1
      recipients.set(id, recipient)
      return present(standing)
    },
  })
  return Object.assign(desk, {
    ordersOf,
    recipientOf: (id: string) => recipients.get(id),
    put: (orderId: string, stage: Stage, change: Partial<SaleStanding> = {}): SaleStanding => {
      const standing = sale({ ...change, order_id: orderId, stage, updated_at: now().toISOString() })
      orders.set(orderId, standing)
      return standing
    },
  })
}
