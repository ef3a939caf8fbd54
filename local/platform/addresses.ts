/** Everything that listens, in the order of its ports from the base port on. */
export const listeners = [
  'front-door',
  'order-api',
  'data-api',
  'queue',
  'object-store',
  'mailbox',
  'postgres',
  'payments',
  'document-store',
  'button-checkout',
  // The pages of the print clients.
  'page-utrecht',
  'page-leipzig',
  'page-columbus',
] as const
export type Listener = (typeof listeners)[number]

export const defaultBasePort = 4400

/** Port and address of every part; all on 127.0.0.1. */
export type Addresses = {
  readonly port: (part: Listener) => number
  /** Without a slash at the end. */
  readonly url: (part: Listener) => string
}

export function addressesFrom(basePort: number): Addresses {
  const port = (part: Listener) => basePort + listeners.indexOf(part)
  return { port, url: (part) => `http://127.0.0.1:${port(part)}` }
}

/** Where the page of a facility's print client listens; undefined for a facility that no platform of this machine has. */
export const pageListenerOf = (facilityId: string): Listener | undefined =>
  listeners.find((each) => each === facilityId.replace(/^fac_/, 'page-'))
