import { Transient } from '#chassis/errors.ts'
import type { Mailer } from '../mail/mailer.ts'
import type { Payments } from '../payment/payments.ts'
import { createGate } from './gate.ts'
import type { OrderApi } from './order-api.ts'

/** The worker's ports, each behind a gate of its own: eight sweep at once, and one service that hangs would take all of them. */
export function behindGates<T extends { orders: OrderApi; payments: Payments; mailer: Mailer }>(
  ports: T,
): Pick<T, 'orders' | 'payments' | 'mailer'> {
  return {
    orders: patientOrders(ports.orders),
    payments: patientPayments(ports.payments),
    mailer: patientMailer(ports.mailer),
  }
}

function patientOrders(orders: OrderApi): OrderApi {
  const gate = createGate()
  return {
    ...orders,
    place: async (checkout, order) => {
      try {
        return await gate(
          () => orders.place(checkout, order),
          ({ kind }) => kind === 'taken' || kind === 'refused',
        )
      } catch (error) {
        // Of a gate: whatever order-api does is an outcome. It was not asked.
        if (error instanceof Transient) return { kind: 'not_taken', code: 'order_api_away' }
        throw error
      }
    },
  }
}

function patientPayments(payments: Payments): Payments {
  const gate = createGate()
  return {
    ...payments,
    begin: (wish) => gate(() => payments.begin(wish)),
    look: (isTest, sessionId) => gate(() => payments.look(isTest, sessionId)),
    end: (isTest, sessionId) => gate(() => payments.end(isTest, sessionId)),
    refund: (wish) => gate(() => payments.refund(wish)),
  }
}

function patientMailer(mailer: Mailer): Mailer {
  const gate = createGate()
  return { send: (mail) => gate(() => mailer.send(mail)) }
}
