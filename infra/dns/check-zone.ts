import { isIPv4, isIPv6 } from 'node:net'
import type { Zone, ZoneRecord } from './zone.ts'

/** All that keeps a zone from being the same at every provider, one sentence each. */
export class ZoneFault extends Error {
  readonly issues: readonly string[]
  constructor(issues: readonly string[], options?: ErrorOptions) {
    super(issues.join('\n'), options)
    this.name = 'ZoneFault'
    this.issues = issues
  }
}

/** Gives the zone back when every provider will serve it alike. Throws ZoneFault with all that stands against it. */
export function checkedZone(zone: Zone): Zone {
  const issues = [
    ...nameIssues('domain', zone.domain),
    ...(zone.domain.includes('.') ? [] : [`domain "${zone.domain}" has no dot: say the whole name, as example.com.`]),
    ...(zone.nameServers.length < 2 ? ['A zone has two name servers at least: those of both providers.'] : []),
    ...zone.nameServers.flatMap((server) => nameIssues('name server', server)),
    ...zone.records.flatMap(recordIssues),
    ...neighbourIssues(zone.records),
  ]
  if (issues.length > 0) throw new ZoneFault(issues)
  return zone
}

const label = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/

/** Letters beyond ASCII have a form of their own in DNS, and who writes it decides about look-alikes: not this program. */
function nameIssues(what: string, name: string): readonly string[] {
  if (/[^\u0020-\u007e]/.test(name)) {
    return [`${what} "${name}" has letters beyond ASCII. Write it in its xn-- form (punycode), as registrars show it.`]
  }
  if (name.endsWith('.')) return [`${what} "${name}" ends in a dot. Leave it out: it is added where one is needed.`]
  if (name.length > 253) return [`${what} "${name.slice(0, 40)}…" has ${name.length} characters; DNS takes 253.`]
  if (name.split('.').every((part) => label.test(part))) return []
  return [`${what} "${name}" is no name: parts of 1 to 63 of a-z, 0-9, - and _ with dots between, in lower case.`]
}

function recordIssues(record: ZoneRecord): readonly string[] {
  const { name, type, ttlSeconds } = record
  const where = `${type} of "${name}"`
  const ttl = Number.isInteger(ttlSeconds) && ttlSeconds >= 0 && ttlSeconds <= 604_800
  return [
    ...(name === '' || name === '*' ? [] : nameIssues('name', name.replace(/^\*\./, ''))),
    ...(ttl ? [] : [`${where} has a TTL of ${ttlSeconds}; it is a number of seconds from 0 to 604800 (a week).`]),
    ...(valuesOf(record).length === 0 ? [`${where} has no value.`] : []),
    ...dataIssues(where, record),
  ]
}

const valuesOf = (record: ZoneRecord): readonly unknown[] => {
  switch (record.type) {
    case 'CNAME':
      return [record.target]
    case 'A':
    case 'AAAA':
      return record.addresses
    case 'NS':
      return record.targets
    case 'MX':
      return record.exchanges
    case 'TXT':
      return record.texts
    case 'CAA':
      return record.authorities
  }
}

function dataIssues(where: string, record: ZoneRecord): readonly string[] {
  switch (record.type) {
    case 'CNAME':
      return nameIssues(`${where}: target`, record.target)
    case 'A':
      return record.addresses.filter((each) => !isIPv4(each)).map((each) => `${where}: "${each}" is no IPv4 address.`)
    case 'AAAA':
      return record.addresses.filter((each) => !isIPv6(each)).map((each) => `${where}: "${each}" is no IPv6 address.`)
    case 'NS':
      return record.targets.flatMap((target) => nameIssues(`${where}: target`, target))
    case 'MX':
      return record.exchanges.flatMap(({ preference, exchange }) => [
        ...nameIssues(`${where}: exchange`, exchange),
        ...(Number.isInteger(preference) && preference >= 0 && preference <= 65_535
          ? []
          : [`${where}: preference ${preference} is not from 0 to 65535.`]),
      ])
    case 'TXT':
      return record.texts.flatMap((text) => textIssues(where, text, 4000))
    case 'CAA':
      return record.authorities.flatMap(({ value }) => textIssues(where, value, 255))
  }
}

/** Quotes and backslashes mean something else at every provider (octoDNS takes `" "` away); nothing of ours needs them. */
function textIssues(where: string, text: string, most: number): readonly string[] {
  if (text.length > most) return [`${where}: a text of ${text.length} characters; providers take ${most}.`]
  if (text === '' || /[^\u0020-\u007e]|["\\]/.test(text)) {
    return [`${where}: "${text}" must be printable ASCII without " and \\, one character at least.`]
  }
  return []
}

/** RFC 1034, 3.6.2: a name that is another's alias has nothing of its own. And one name and type is one record. */
function neighbourIssues(records: readonly ZoneRecord[]): readonly string[] {
  const issues = new Set<string>()
  const names = Map.groupBy(records, ({ name }) => name)
  for (const [name, here] of names) {
    const types = here.map(({ type }) => type)
    if (types.includes('CNAME') && name === '') issues.add('The domain itself cannot be a CNAME: it has name servers.')
    if (types.includes('CNAME') && types.length > 1) {
      issues.add(
        `"${name}" is a CNAME and has ${types.filter((type) => type !== 'CNAME').join(', ') || 'another'} too.`,
      )
    }
    for (const type of types) {
      if (types.filter((each) => each === type).length > 1)
        issues.add(`"${name}" has ${type} twice: say all values in one.`)
    }
  }
  if (names.get('')?.some(({ type }) => type === 'NS')) {
    issues.add('NS of the domain itself are its nameServers: say them there.')
  }
  return [...issues]
}
