import type { Outcome } from './edge.ts'

const counted = ['originRequests', 'originFailures', 'joined', 'notKept', 'purges'] as const
type Counted = (typeof counted)[number]

export type EdgeStats = {
  /** Reads by how they were answered. */
  readonly reads: Readonly<Record<Outcome, number>>
  readonly bytesServed: number
  readonly missing: number
  readonly originRequests: number
  readonly originFailures: number
  /** Reads that waited for a question that was under way. */
  readonly joined: number
  /** Answers that were not kept because a tag of theirs was dropped meanwhile. */
  readonly notKept: number
  readonly purges: number
  readonly answers: number
  readonly bytes: number
}

/** Counts what an edge does. */
export function countingStats() {
  const reads: Record<Outcome, number> = { Hit: 0, Miss: 0, Stale: 0, Error: 0 }
  const counts: Record<Counted, number> = { originRequests: 0, originFailures: 0, joined: 0, notKept: 0, purges: 0 }
  const sums = { bytesServed: 0, missing: 0 }
  return {
    count: (what: Counted): void => {
      counts[what] += 1
    },
    outcome: (outcome: Outcome, answer?: { readonly status: number; readonly body: Uint8Array }): void => {
      reads[outcome] += 1
      sums.bytesServed += answer?.body.length ?? 0
      if (answer?.status === 404) sums.missing += 1
    },
    read: (): Omit<EdgeStats, 'answers' | 'bytes'> => ({ reads: { ...reads }, ...counts, ...sums }),
  }
}
