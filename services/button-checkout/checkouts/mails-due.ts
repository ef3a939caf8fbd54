import { cancelledByCustomer } from './cancel.ts'
import type { Checkout } from './checkout.ts'

/** confirmed: it is paid · shipped: parcels left · cancelled · refused: it cannot be made and the money is back. */
export const mailKinds = ['confirmed', 'shipped', 'cancelled', 'refused'] as const
export type MailKind = (typeof mailKinds)[number]

/** Mails that its customer should have had by now, in the order in which they are to be read. */
export function mailsDue(checkout: Checkout): readonly MailKind[] {
  if (checkout.mails.undeliverableAt !== undefined || checkout.paidAt === undefined) return []
  return mailKinds.filter((kind) => isDue[kind](checkout))
}

const isCancelled = ({ state, sale, refusal }: Checkout): boolean =>
  (state === 'ordered' && sale?.stage === 'cancelled') || (state === 'refused' && refusal?.code === cancelledByCustomer)

const isRefused = ({ state, sale, refusal }: Checkout): boolean =>
  (state === 'ordered' && sale?.stage === 'rejected') || (state === 'refused' && refusal?.code !== cancelledByCustomer)

/** order-api may say a moment later what goes back; a mail says it, and is sent once. */
const isMoneyKnown = ({ refunds, sale }: Checkout): boolean => refunds.length > 0 || (sale?.refunded ?? 0) > 0

const isDue: Readonly<Record<MailKind, (checkout: Checkout) => boolean>> = {
  // What is over before anybody was told of it is told once, as what it is.
  confirmed: (checkout) =>
    checkout.mails.confirmedAt === undefined &&
    (checkout.state === 'paid' || checkout.state === 'ordered') &&
    !isCancelled(checkout) &&
    !isRefused(checkout),
  shipped: (checkout) => newShipments(checkout).length > 0,
  cancelled: (checkout) => checkout.mails.cancelledAt === undefined && isCancelled(checkout) && isMoneyKnown(checkout),
  refused: (checkout) => checkout.mails.refusedAt === undefined && isRefused(checkout) && isMoneyKnown(checkout),
}

/** Parcels that nobody told the customer of. */
export const newShipments = ({ sale, mails }: Checkout): NonNullable<Checkout['sale']>['shipments'] =>
  (sale?.shipments ?? []).filter(({ id }) => !mails.shipments.includes(id))

/** `kind` has been sent, with these parcels in it. */
export function mailSent(checkout: Checkout, kind: MailKind, shipmentIds: readonly string[], now: Date): Checkout {
  const { leasedUntil: _over, ...mails } = checkout.mails
  const at = now.toISOString()
  switch (kind) {
    case 'confirmed':
      return { ...checkout, mails: { ...mails, confirmedAt: at } }
    case 'cancelled':
      return { ...checkout, mails: { ...mails, cancelledAt: at } }
    case 'refused':
      return { ...checkout, mails: { ...mails, refusedAt: at } }
    case 'shipped':
      return { ...checkout, mails: { ...mails, shipments: [...new Set([...mails.shipments, ...shipmentIds])] } }
    default:
      return kind satisfies never
  }
}
