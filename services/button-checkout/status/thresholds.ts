const minute = 60

/** From how many seconds on what waits longest makes the checkout degraded. docs/status.md shows this table. */
export const thresholds = {
  /** What is due and nobody did: workers are away, or cannot keep up. */
  overdue: 2 * minute,
  /** Paid, and order-api did not take it yet. */
  notOrdered: 10 * minute,
} as const

/** So late is what never comes. */
export const hour = 60 * minute
