/** A source that stays where it is stored; the parent reads parts of it, always of the same version. */
export type RangedSource = {
  readonly sizeBytes: number
  /** Exactly these bytes; rejects where they cannot be had. */
  readonly read: (from: number, to: number) => Promise<Buffer>
}
