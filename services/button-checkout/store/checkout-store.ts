import type { Checkout } from '../checkouts/checkout.ts'

/** Checkouts in DynamoDB, apart from the orders' database. Reads are consistent. Throws Transient when the table does not answer. */
export type CheckoutStore = {
  readonly find: (id: string) => Promise<Checkout | undefined>
  /** The first version. False: there is one with this id. */
  readonly insert: (checkout: Checkout) => Promise<boolean>
  /** Onto the version before it (`checkout.version - 1`); false when somebody else was faster: read again, decide again. */
  readonly save: (checkout: Checkout) => Promise<boolean>
  /** Ids of those whose `dueAt` has come, the longest waiting first. May name one that was just dealt with. */
  readonly due: (now: Date, limit: number) => Promise<readonly string[]>
  /**
   * Of one that cannot be read, or is forgotten and not removed yet: it is due later, so that it stands in nobody's way. Nothing of it changes
   * but its place in the index.
   */
  readonly putOff: (id: string, until: Date) => Promise<void>
}
