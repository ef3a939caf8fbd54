/** What one file, and all files of one job together, may weigh. */
export const fileLimitBytes = 2 * 1024 ** 3
export const jobLimitBytes = 4 * 1024 ** 3

/** From this size on a stored PDF stays where it is and is read by ranges: fetching and storing it would take longer. */
export const rangedFromBytes = 64 * 1024 ** 2

/** How long each stage of fetching from a customer's address may take. */
export const fetchTimes = {
  connectMilliseconds: 5_000,
  headersMilliseconds: 10_000,
  idleMilliseconds: 15_000,
  totalMilliseconds: 120_000,
} as const

export const mostRedirects = 3
/** After so many deliveries of the ticket an address that stays away is the customer's to mend. */
export const fetchAttempts = 3
