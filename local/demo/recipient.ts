import type { Recipient } from '#contracts/order-api/recipient.ts'

const towns: Readonly<
  Record<string, { readonly city: string; readonly postal_code: string; readonly state?: string }>
> = {
  NL: { city: 'Amsterdam', postal_code: '1012 JS' },
  DE: { city: 'Berlin', postal_code: '10117' },
  US: { city: 'Chicago', postal_code: '60601', state: 'IL' },
}

/** Somebody who does not exist, in `country`. */
export function recipientIn(country: string): Recipient {
  const town = towns[country] ?? { city: 'Sampletown', postal_code: '00001' }
  return { name: 'Sample Reader', email: 'reader@example.com', address: { line1: 'Sample Street 1', ...town, country } }
}
