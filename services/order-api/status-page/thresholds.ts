export const minute = 60
export const hour = 60 * minute
export const day = 24 * hour

/** From how many seconds on what waits longest makes a part degraded, and down. docs/status.md shows this table. */
export const thresholds = {
  processing: { degradedSeconds: 10 * minute, downSeconds: hour },
  /** Shops close at night and over weekends. Down: so long at every facility. */
  delivery: { degradedSeconds: 3 * day, downSeconds: 7 * day },
  /** Nothing heard of a facility that has jobs to take. Down: all of them. */
  silence: { degradedSeconds: hour, downSeconds: day },
  documents: { degradedSeconds: minute, downSeconds: 10 * minute },
  webhooks: { degradedSeconds: 2 * minute, downSeconds: 30 * minute },
} as const
