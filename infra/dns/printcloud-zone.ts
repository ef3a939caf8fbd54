import { type Static, Type } from 'typebox'
import { checkedZone, ZoneFault } from './check-zone.ts'
import { lastingSeconds, movingSeconds, type Zone, type ZoneRecord } from './zone.ts'

const strict = { additionalProperties: false } as const
const Name = Type.String({ minLength: 1 })
const base = { name: Type.String(), ttlSeconds: Type.Integer() }
const list = { minItems: 1 } as const

/** A record of the owner's own: mail, the web site, proofs of certificates. */
const OwnRecord = Type.Union([
  Type.Object({ ...base, type: Type.Literal('CNAME'), target: Name }, strict),
  Type.Object({ ...base, type: Type.Enum(['A', 'AAAA']), addresses: Type.Array(Name, list) }, strict),
  Type.Object({ ...base, type: Type.Literal('NS'), targets: Type.Array(Name, list) }, strict),
  Type.Object({ ...base, type: Type.Literal('TXT'), texts: Type.Array(Name, list) }, strict),
  Type.Object(
    {
      ...base,
      type: Type.Literal('MX'),
      exchanges: Type.Array(Type.Object({ preference: Type.Integer(), exchange: Name }, strict), list),
    },
    strict,
  ),
])

/** The operator's file: what the zone of an installation is made of. */
export const ZoneSource = Type.Object(
  {
    domain: Name,
    nameServers: Type.Array(Name, { description: 'of both providers' }),
    cdn: Type.String({ description: 'domain name of the CloudFront distribution' }),
    entrances: Type.Object(
      {
        primary: Type.Object({ api: Name, checkout: Name }, strict),
        standby: Type.Optional(Type.Object({ api: Name, checkout: Name }, strict)),
      },
      { ...strict, description: 'where orders go in each region; the standby’s is known when it is awake' },
    ),
    certificateAuthorities: Type.Array(Name, {
      ...list,
      description: 'who may issue certificates for the domain: Amazon, and those of the owner’s other sites',
    }),
    records: Type.Array(OwnRecord, { description: 'the owner’s own: a zone at two providers is one zone' }),
  },
  strict,
)
export type ZoneSource = Static<typeof ZoneSource>

/**
 * The zone of an installation while the given region takes orders. `api.`, `cdn.` and `checkout.` are aliases, so that the zone can live at
 * any provider; `_printcloud` tells whoever asks which region was meant to be open. Throws ZoneFault.
 */
export function printcloudZone(source: ZoneSource, { open }: { readonly open: 'primary' | 'standby' }): Zone {
  const { domain, nameServers, cdn, certificateAuthorities } = source
  const entrance = source.entrances[open]
  if (entrance === undefined) {
    throw new ZoneFault([
      '"entrances.standby" is missing: wake the standby, and write the EntranceDomainName of its stack there.',
    ])
  }
  const alias = (name: string, target: string): ZoneRecord => ({
    name,
    type: 'CNAME',
    ttlSeconds: movingSeconds,
    target,
  })
  return checkedZone({
    domain,
    nameServers,
    records: [
      alias('api', entrance.api),
      alias('cdn', cdn),
      alias('checkout', entrance.checkout),
      { name: '_printcloud', type: 'TXT', ttlSeconds: movingSeconds, texts: [`v=printcloud1; open=${open}`] },
      {
        name: '',
        type: 'CAA',
        ttlSeconds: lastingSeconds,
        authorities: certificateAuthorities.map((value) => ({ flags: 0, tag: 'issue', value })),
      },
      ...source.records,
    ],
  })
}
