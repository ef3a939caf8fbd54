/**
 * A DNS zone as data. Names are relative to the zone, '' is the zone itself; targets are whole names without a dot at their end. What a
 * provider wants in its place (dots, quotes, pieces of 255 bytes) is the business of the renderings.
 */
export type Zone = {
  readonly domain: string
  /** Of both providers together: each of them names all. */
  readonly nameServers: readonly string[]
  readonly records: readonly ZoneRecord[]
}

export type ZoneRecord = { readonly name: string; readonly ttlSeconds: number } & RecordData

export type RecordData =
  | { readonly type: 'CNAME'; readonly target: string }
  | { readonly type: 'A' | 'AAAA'; readonly addresses: readonly string[] }
  | { readonly type: 'NS'; readonly targets: readonly string[] }
  | { readonly type: 'MX'; readonly exchanges: readonly Exchange[] }
  | { readonly type: 'TXT'; readonly texts: readonly string[] }
  | { readonly type: 'CAA'; readonly authorities: readonly Authority[] }

export type Exchange = { readonly preference: number; readonly exchange: string }
export type Authority = {
  readonly flags: 0 | 128
  readonly tag: 'issue' | 'issuewild' | 'iodef'
  readonly value: string
}

/** How long answers may be kept: a minute where we may have to point elsewhere, an hour where nothing is in a hurry. */
export const movingSeconds = 60
export const lastingSeconds = 3600

/** The zone's own name servers as a record, as providers want to have it. */
export const rootNameServers = ({ nameServers }: Zone): ZoneRecord => ({
  name: '',
  ttlSeconds: lastingSeconds,
  type: 'NS',
  targets: nameServers,
})

/** The whole name of a record, without a dot at its end. */
export const wholeName = ({ domain }: Zone, name: string): string => (name === '' ? domain : `${name}.${domain}`)
