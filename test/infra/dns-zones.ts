import fc from 'fast-check'
import type { Zone, ZoneRecord } from '../../infra/dns/zone.ts'

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789'
const characters = (from: string, minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...from), minLength, maxLength })

const label = fc.oneof(
  characters(letters, 1, 12),
  characters(letters, 1, 10).map((word) => `_${word}`),
  fc.tuple(characters(letters, 1, 5), characters(letters, 1, 5)).map(([a, b]) => `${a}-${b}`),
  fc.constant('xn--bcher-kva'),
  characters(letters, 63, 63),
)
const whole = fc
  .tuple(fc.array(label, { minLength: 1, maxLength: 2 }), characters('abcdefgh', 2, 6))
  .map(([labels, top]) => [...labels, top].join('.'))
const name = fc.oneof(
  fc.constantFrom('', '*', 'api', '_acme-challenge.api'),
  fc.array(label, { minLength: 1, maxLength: 2 }).map((labels) => labels.join('.')),
)

const printable = Array.from({ length: 0x7e - 0x20 + 1 }, (_, index) => String.fromCharCode(0x20 + index))
  .join('')
  .replaceAll(/["\\]/g, '')
const text = fc.oneof(characters(printable, 1, 40), characters(printable, 250, 520), fc.constant('v=spf1; -all;'))
const ttlSeconds = fc.constantFrom(0, 30, 60, 3600, 604_800)
const some = { minLength: 1, maxLength: 3 } as const
const distinct = <T>(one: fc.Arbitrary<T>) =>
  fc.uniqueArray(one, { ...some, comparator: (a, b) => JSON.stringify(a) === JSON.stringify(b) })
const kind = <T extends string>(type: T) => fc.constant(type)

const record: fc.Arbitrary<ZoneRecord> = fc.oneof(
  fc.record({ name, ttlSeconds, type: kind('CNAME'), target: whole }),
  fc.record({ name, ttlSeconds, type: kind('A'), addresses: distinct(fc.ipV4()) }),
  fc.record({ name, ttlSeconds, type: kind('AAAA'), addresses: distinct(fc.ipV6()) }),
  fc.record({ name, ttlSeconds, type: kind('NS'), targets: distinct(whole) }),
  fc.record({ name, ttlSeconds, type: kind('TXT'), texts: distinct(text) }),
  fc.record({
    name,
    ttlSeconds,
    type: kind('MX'),
    exchanges: distinct(fc.record({ preference: fc.integer({ min: 0, max: 65_535 }), exchange: whole })),
  }),
  fc.record({
    name,
    ttlSeconds,
    type: kind('CAA'),
    authorities: distinct(
      fc.record({
        flags: fc.constantFrom(0 as const, 128 as const),
        tag: fc.constantFrom('issue' as const, 'issuewild' as const, 'iodef' as const),
        value: characters(printable, 1, 60),
      }),
    ),
  }),
)

/** Zones that every provider takes: no alias beside anything else, no name and type twice, no name servers of the domain among the records. */
export const arbitraryZone: fc.Arbitrary<Zone> = fc
  .record({
    domain: whole,
    nameServers: fc.uniqueArray(whole, { minLength: 2, maxLength: 4 }),
    records: fc.array(record, { maxLength: 12 }),
  })
  .map(({ domain, nameServers, records }) => ({ domain, nameServers, records: withoutQuarrels(records) }))

function withoutQuarrels(records: readonly ZoneRecord[]): readonly ZoneRecord[] {
  const kept: ZoneRecord[] = []
  for (const each of records) {
    const here = kept.filter((other) => other.name === each.name)
    const isAlias = each.type === 'CNAME'
    const isTaken = here.some((other) => other.type === each.type || other.type === 'CNAME' || isAlias)
    if (!isTaken && !(each.name === '' && (isAlias || each.type === 'NS'))) kept.push(each)
  }
  return kept
}
