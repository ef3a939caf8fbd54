import type { RecordData, Zone } from '../../infra/dns/zone.ts'
import { at, list } from './synthesized.ts'

/** A record as anybody would read it: whole names without dots at their end, values as text, sorted. */
export type Row = {
  readonly name: string
  readonly type: string
  readonly ttl: number
  readonly values: readonly string[]
}

const sorted = (rows: readonly Row[]): readonly Row[] =>
  rows
    .map((row) => ({ ...row, values: [...row.values].sort() }))
    .sort((a, b) => (`${a.name} ${a.type}` < `${b.name} ${b.type}` ? -1 : 1))

export const rowsOf = ({ records }: Zone): readonly Row[] =>
  sorted(
    records.map((record) => ({ name: record.name, type: record.type, ttl: record.ttlSeconds, values: texts(record) })),
  )

function texts(data: RecordData): readonly string[] {
  switch (data.type) {
    case 'CNAME':
      return [data.target]
    case 'A':
    case 'AAAA':
      return data.addresses
    case 'NS':
      return data.targets
    case 'MX':
      return data.exchanges.map(({ preference, exchange }) => `${preference} ${exchange}`)
    case 'TXT':
      return data.texts
    case 'CAA':
      return data.authorities.map(({ flags, tag, value }) => `${flags} ${tag} ${value}`)
  }
}

const undotted = (name: string): string => {
  if (!name.endsWith('.')) throw new Error(`"${name}" is not whole: it has no dot at its end`)
  return name.slice(0, -1)
}

/** The value of a line, without what its form needs: dots, quotes, pieces. */
function plain(type: string, value: string): string {
  if (type === 'CNAME' || type === 'NS') return undotted(value)
  if (type === 'MX') return value.replace(/ (\S+)$/, (_, host: string) => ` ${undotted(host)}`)
  if (type === 'CAA') return value.replace(/"(.*)"$/, '$1')
  if (type !== 'TXT') return value
  const strings = [...value.matchAll(/"([^"]*)"/g)].map(([, string = '']) => string)
  if (strings.map((string) => `"${string}"`).join(' ') !== value) throw new Error(`"${value}" is no list of strings`)
  if (strings.some((string) => Buffer.byteLength(string) > 255)) throw new Error('a string of more than 255 bytes')
  return strings.join('')
}

function gathered(lines: readonly { name: string; type: string; ttl: number; value: string }[]): readonly Row[] {
  const groups = Map.groupBy(lines, ({ name, type, ttl }) => `${name} ${type} ${ttl}`)
  return sorted(
    [...groups.values()].map((group) => ({
      name: group[0]?.name ?? '',
      type: group[0]?.type ?? '',
      ttl: group[0]?.ttl ?? 0,
      values: group.map(({ value }) => value),
    })),
  )
}

/** Reads the form that RFC 1035 gives, as far as ours goes; its SOA is looked at and left out. */
export function readZoneFile(text: string): readonly Row[] {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith(';'))
  if (!/^\$ORIGIN [a-z0-9._-]+\.$/.test(lines[0] ?? '')) throw new Error('no $ORIGIN')
  if (!/^@ \d+ IN SOA \S+\. \S+\. \d+ \d+ \d+ \d+ \d+$/.test(lines[1] ?? '')) throw new Error('no SOA')
  return gathered(
    lines.slice(2).map((line) => {
      const [, name = '', ttl = '', type = '', value = ''] = line.match(/^(\S+) (\d+) IN ([A-Z]+) (.+)$/) ?? []
      if (type === '') throw new Error(`"${line}" is no record`)
      return { name: name === '@' ? '' : name, type, ttl: Number(ttl), value: plain(type, value) }
    }),
  )
}

const relative = (name: string, domain: string): string =>
  undotted(name) === domain ? '' : undotted(name).slice(0, -(domain.length + 1))

export const readChangeBatch = (batch: unknown, domain: string): readonly Row[] =>
  gathered(
    list(at(batch, 'Changes')).flatMap((change) => {
      const set = at(change, 'ResourceRecordSet')
      const type = String(at(set, 'Type'))
      const name = relative(String(at(set, 'Name')), domain)
      return list(at(set, 'ResourceRecords')).map((record) => ({
        name,
        type,
        ttl: Number(at(set, 'TTL')),
        value: plain(type, String(at(record, 'Value'))),
      }))
    }),
  )

/** Reads what octoDNS is given, as octoDNS does: names from the keys, semicolons without their backslash. */
export function readOctodns(files: Readonly<Record<string, string>>, domain: string): readonly Row[] {
  const read = (name: string): unknown => JSON.parse((files[name] ?? '').replace(/^#.*\n---\n/, ''))
  if (list(at(at(read('config.yaml'), 'zones'), `${domain}.`)).length === 1) throw new Error('a domain has dots')
  const zone = read(`zones/${domain}.yaml`)
  return sorted(
    Object.entries(Object(zone)).flatMap(([name, records]) =>
      list(records).map((record) => {
        const type = String(at(record, 'type'))
        const values = list(at(record, 'value') ?? at(record, 'values'))
        return { name, type, ttl: Number(at(record, 'ttl')), values: values.map((value) => octodnsText(type, value)) }
      }),
    ),
  )
}

function octodnsText(type: string, value: unknown): string {
  if (type === 'MX') return `${at(value, 'preference')} ${undotted(String(at(value, 'exchange')))}`
  if (type === 'CAA') return `${at(value, 'flags')} ${at(value, 'tag')} ${at(value, 'value')}`
  if (type === 'CNAME' || type === 'NS') return undotted(String(value))
  if (type !== 'TXT') return String(value)
  if (/(?<!\\);/.test(String(value))) throw new Error('octoDNS refuses a semicolon without a backslash')
  return String(value).replaceAll('\\;', ';')
}
