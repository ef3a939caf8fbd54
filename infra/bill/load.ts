/** The load that a bill is of. Change a number and say why; the bill says which load it is of. */
export const statedLoad = {
  orders: 10_000,
  /** Views of a page with a button, and what each asks of the CDN: a document and a picture. */
  views: 1_000_000,
  requestsOfView: 2,
  kilobytesOfView: 20,
  /** Tags dropped: 2,000 edits of one tag each, dropped twice. */
  droppedTags: 4_000,
  freeTags: 1_000,
  /** Publications and their pictures: 10,000 at 3 forms of 2 kB and 9 pictures of 20 kB. */
  documentsGb: 2,
  /** Objects put a month: 10,000 edits of 2 documents in 3 forms, 9 pictures of each new publication, status each 15 s. */
  documentPuts: 10_000 * 6 + 2_000 * 9 + 175_200,
  /** Files of orders that come over, at 8 MB of sources and 12 MB of print files in eight objects an order; copies stay for 35 days. */
  copiedGb: { sources: 80, 'print-files': 120 },
  copiedObjects: { sources: 20_000, 'print-files': 60_000 },
  /** Archives of three services in two versions. */
  bundlesGb: 0.5,
  databaseGb: 5,
  /** Page writes of the database that reach the follower: 300 an order, and a tenth of that many for all the rest. */
  replicatedWrites: 10_000 * 330,
  secrets: 2,
  /** Sizes of an awake standby: what the runbook sets. */
  awakeInstances: { 'order-api': 2, 'order-worker': 1, processor: 1 },
  awakeCapacity: 1,
} as const

export type Load = typeof statedLoad
export const hoursOfMonth = 730
