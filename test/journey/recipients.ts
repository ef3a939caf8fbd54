import type { OrderRequest } from '#contracts/order-api/order-request.ts'

type Recipient = OrderRequest['recipient']

/** Names and streets that stand nowhere else, so that one in a log is found. */
export const recipients = {
  NL: {
    name: 'Wilhelmina Canarywater',
    email: 'canary.nl@example.com',
    phone: '+31 30 5550199',
    address: { line1: 'Kanariestraat 4711', city: 'Utrecht', postal_code: '3511 AA', country: 'NL' },
  },
  DE: {
    name: 'Gottlieb Canaryberg',
    email: 'canary.de@example.com',
    address: { line1: 'Kanarienweg 4712', city: 'Leipzig', postal_code: '04109', country: 'DE' },
  },
  US: {
    name: 'Josephine Canaryfield',
    email: 'canary.us@example.com',
    address: { line1: '4713 Canary Row', city: 'Columbus', postal_code: '43004', state: 'OH', country: 'US' },
  },
} as const satisfies Readonly<Record<string, Recipient>>

/** What must stand in no log: names, streets, e-mail addresses, telephone numbers. */
export const personalWords: readonly string[] = Object.values(recipients).flatMap((recipient) => [
  recipient.name,
  recipient.email,
  recipient.address.line1,
  ...('phone' in recipient ? [recipient.phone] : []),
])

/** An order for that recipient. */
export const orderFor = (recipient: Recipient, items: OrderRequest['items']): OrderRequest => ({
  recipient,
  shipping_method: 'standard',
  items,
})
