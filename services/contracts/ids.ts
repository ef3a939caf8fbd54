import { Type } from 'typebox'

/** Every id is a prefix that names its kind and 26 characters of ULID in lower case: sortable by birth, made by the caller. */
export const idPrefixes = {
  account: 'acc',
  order: 'ord',
  item: 'itm',
  file: 'fil',
  ticket: 'tkt',
  job: 'job',
  event: 'evt',
  shipment: 'shp',
  status: 'sts',
  key: 'key',
  member: 'mem',
  preflight: 'pfl',
  transaction: 'txn',
  ledgerEntry: 'led',
  webhook: 'whk',
  delivery: 'dlv',
  publication: 'pub',
  checkout: 'chk',
} as const

export type IdKind = keyof typeof idPrefixes

/** Schema of an id of one kind, such as `ord_01k9…`. What is no such id is told so in the words of the description. */
export const Id = (kind: IdKind, description = `an id: ${idPrefixes[kind]}_ and 26 characters`) =>
  Type.String({ pattern: `^${idPrefixes[kind]}_[0-9a-hjkmnp-tv-z]{26}$`, description })

/** Facility ids are chosen by the operator: `fac_` and a short name; they name a queue and a prefix, so the alphabet is small. */
export const FacilityId = Type.String({ pattern: '^fac_[a-z0-9_]{2,40}$' })
