/** What the Data API allows, with the numbers of its documentation; tests make the times shorter. */
export type Limits = {
  readonly requestBytes: number
  readonly resultBytes: number
  readonly rowBytes: number
  /** Of a result formatted as JSON. */
  readonly jsonBytes: number
  readonly statementMilliseconds: number
  readonly transactionIdleMilliseconds: number
  readonly transactionMilliseconds: number
}

export const auroraLimits: Limits = {
  requestBytes: 4 * 1024 * 1024,
  resultBytes: 1024 * 1024,
  rowBytes: 64 * 1024,
  jsonBytes: 10 * 1024 * 1024,
  statementMilliseconds: 45_000,
  transactionIdleMilliseconds: 3 * 60_000,
  transactionMilliseconds: 24 * 3_600_000,
}
