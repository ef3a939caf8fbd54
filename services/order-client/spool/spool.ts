/** An order on its way: everything that is needed to send it again, the key included. */
export type SpooledOrder = {
  readonly idempotencyKey: string
  /** Which API, and which of its two worlds, it is for. */
  readonly baseUrl: string
  readonly isTest: boolean
  /** The body, as JSON. */
  readonly body: string
  readonly storedAt: string
}

/** Keeps orders until they are answered. `fileSpool` (./client/node) keeps them on disk. */
export type Spool = {
  /** The order outlives this process, and a power cut, once this resolves. */
  readonly put: (order: SpooledOrder) => Promise<void>
  /** It was answered. */
  readonly remove: (idempotencyKey: string) => Promise<void>
  /** It can never be taken as it is: it is put aside, for people to look at. */
  readonly refuse: (order: SpooledOrder, reason: string) => Promise<void>
  /** What waits, oldest first. */
  readonly waiting: () => Promise<readonly SpooledOrder[]>
}
