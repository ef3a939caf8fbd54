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
