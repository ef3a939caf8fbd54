/** One way out of the client. `reason` says why nothing goes out there now, and what to do. */
export type OutputHealth = {
  readonly name: string
  readonly kind: string
  readonly isReady: boolean
  readonly reason?: string
}

/** How the client is, for the page and the heartbeat. Absent: not known yet. */
export type DeskHealth = {
  /** By the clock of this machine. */
  readonly at: string
  readonly facilityId: string
  readonly clientId: string
  readonly version: string
  /** Whether tickets are taken: it is ready, and the facility's queue answers. */
  readonly isTaking: boolean
  /** Whether something could go out: its disk has room, and not every output refuses. */
  readonly isReady: boolean
  /** Why not, or what hinders some of the products. */
  readonly reason?: string
  readonly outputs: readonly OutputHealth[]
  readonly diskFreeBytes?: number
  /** Clock of this machine minus that of AWS, when it was last heard. */
  readonly clockSkewSeconds?: number
  readonly network: {
    /** False after a call that got no answer; absent before the first one. */
    readonly isReachable?: boolean
    readonly lastAnswerAt?: string
    readonly lastFault?: string
  }
  readonly jobs: {
    /** Arriving, and not yet with the shop. */
    readonly open: number
    readonly offered: number
    readonly held: number
    readonly failed: number
    readonly inTheShop: number
  }
  /** The oldest job that is not over came then. */
  readonly oldestOpenAt?: string
  /** Statuses that the queue does not have yet. */
  readonly outbox: { readonly waiting: number; readonly oldestAt?: string }
}
