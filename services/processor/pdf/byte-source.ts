/** Bytes at random places, without having all of them in memory. Reads are synchronous: they run in the child only. */
export type ByteSource = {
  readonly size: number
  /** The bytes from `from` up to `to`, cut to what there is. The buffer stays valid. */
  readonly read: (from: number, to: number) => Buffer
  /** Every read of what was not read before costs a wait and a fetch. */
  readonly isFar?: boolean
  /** A hint for bytes that are far away: short reads at these places are to come. */
  readonly expect?: (places: readonly number[]) => void
}
