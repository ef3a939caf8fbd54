/** Where a job stands, in the words of people at a press. */
export type Stage =
  | 'arriving'
  | 'offered'
  | 'accepted'
  | 'printing'
  | 'printed'
  | 'packed'
  | 'shipped'
  | 'delivered'
  | 'held'
  | 'failed'
  | 'cancelled'

/** One print file, as the thing that lies on the packing table. */
export type PartView = {
  readonly component: string
  readonly barcode: string
  readonly pages: number
  readonly widthMm: number
  readonly heightMm: number
}

/** What is written on the parcel, and nothing more of its receiver. */
export type ShipToView = { readonly lines: readonly string[]; readonly country: string; readonly phone?: string }

export type ParcelView = { readonly carrier: string; readonly number: string; readonly quantity: number }

/** One job as the page shows it. What the client does not know, or knows no more, is absent. */
export type JobView = {
  readonly jobId: string
  readonly orderId: string
  readonly stage: Stage
  readonly isTest: boolean
  readonly title?: string
  readonly product?: string
  readonly reference?: string
  readonly quantity: number
  readonly pages?: number
  readonly trim?: { readonly widthMm: number; readonly heightMm: number }
  readonly binding?: string
  readonly paper: Readonly<Record<string, string>>
  readonly options: Readonly<Record<string, string>>
  readonly parts: readonly PartView[]
  readonly shipTo?: ShipToView
  readonly country?: string
  readonly shippingMethod?: string
  readonly parcels: readonly ParcelView[]
  readonly arrivedAt?: string
  readonly changedAt: string
  /** When it is to leave: as the ticket says, or as the shop said later. */
  readonly dueAt?: string
  readonly isLate: boolean
  readonly isDelayed: boolean
  readonly cause?: string
  /** The publisher asked not to make it, after the shop had it. */
  readonly isCancelAsked: boolean
  readonly mayBeRejected: boolean
  /** It stands still until somebody decides. */
  readonly mayDecide: boolean
  /** Statuses that the queue does not have yet. */
  readonly untold: number
  readonly hasPicture: boolean
}

export type OutputView = { readonly name: string; readonly isReady: boolean; readonly reason?: string }

export type HealthView = {
  readonly facilityId: string
  readonly clientId: string
  readonly version: string
  readonly isTaking: boolean
  /** Something could go out, were there tickets. */
  readonly isReady: boolean
  readonly reason?: string
  readonly outputs: readonly OutputView[]
  /** Absent before the first call. */
  readonly isReachable?: boolean
  readonly lastAnswerAt?: string
  readonly diskFreeBytes?: number
  readonly clockSkewSeconds?: number
  readonly outboxWaiting: number
  readonly outboxOldestAt?: string
}

/** All that the page shows, in one answer. `at` is the client's clock. */
export type Overview = { readonly at: string; readonly health: HealthView; readonly jobs: readonly JobView[] }
