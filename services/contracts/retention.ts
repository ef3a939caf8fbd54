/** How long files of an order stay after it has ended: the account says so, within these bounds. */
export const retentionDays = { least: 1, most: 3650, unlessSaid: 90 } as const

/** Most facilities never say "delivered": what was shipped counts as delivered so many days later. */
export const assumedTransitDays = 30

/** What order-api puts on an object that nobody needs any more; the store's lifecycle takes it away at the next midnight. */
export const expiryTag = { key: 'printcloud-expiry', value: 'due' } as const

/** Folder of the print-files bucket under which everything lies that was made for an item, by facility, order and item. */
export const madeFilesPrefix = 'facilities/'

/** What goes by itself, so many days after it was stored. */
export type FileRule = {
  readonly id: string
  /** Of the key; '' is everything. */
  readonly prefix: string
  readonly tag?: { readonly key: string; readonly value: string }
  readonly days: number
}

/** S3 counts from the day on which an object was stored, so that whatever carries the tag is due at once. */
const due = (prefix: string): FileRule => ({ id: 'expired', prefix, tag: expiryTag, days: 1 })
/** What a preflight saw and showed is kept for as long as its row. */
const preflights: FileRule = { id: 'preflights', prefix: 'preflights/', days: 7 }
/** Copies are for orders that are under way. A facility may be offline for 30 days. */
const copies = (prefix: string): FileRule => ({ id: 'copies', prefix, days: 35 })

type Rules = { readonly primary: readonly FileRule[]; readonly standby: readonly FileRule[] }

/**
 * The one source of every lifecycle of the two buckets, in the cloud and on a laptop. No rule meets `claims/`: a claim says that a job was
 * taken, and must outlive every ticket of it (rung for 90 days, unclaimed ones for ever) and every journal (120 days); it is 200 bytes. None
 * meets `facilities/…/keys/` in the primary either.
 */
export const fileRules: Readonly<Record<'sources' | 'print-files', Rules>> = {
  sources: { primary: [due('')], standby: [due(''), copies('')] },
  'print-files': {
    primary: [due(madeFilesPrefix), preflights],
    standby: [due(madeFilesPrefix), copies(madeFilesPrefix), preflights],
  },
}
