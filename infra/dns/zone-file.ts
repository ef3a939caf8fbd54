import { type RecordData, rootNameServers, type Zone, type ZoneRecord } from './zone.ts'

/** A string of a TXT record holds no more (RFC 1035, 3.3); longer texts are several, read as one. */
const longestString = 255

/** The zone as RFC 1035 has it, for providers that import files and for `named-checkzone`. The serial must rise with each edit. */
export function zoneFile(zone: Zone, { serial }: { readonly serial: number }): string {
  const { domain, nameServers } = zone
  const soa = `${nameServers[0]}. hostmaster.${domain}. ${serial} 7200 900 1209600 60`
  return [
    '; Made by `npm run dns -- zone`: edit the file that it was made from.',
    `$ORIGIN ${domain}.`,
    `@ 3600 IN SOA ${soa}`,
    ...[rootNameServers(zone), ...zone.records].flatMap(lines),
    '',
  ].join('\n')
}

const lines = (record: ZoneRecord): readonly string[] =>
  valueTexts(record).map(
    (value) => `${record.name === '' ? '@' : record.name} ${record.ttlSeconds} IN ${record.type} ${value}`,
  )

/** The values of a record as zone files and Route 53 write them. */
export function valueTexts(record: RecordData): readonly string[] {
  switch (record.type) {
    case 'CNAME':
      return [`${record.target}.`]
    case 'A':
    case 'AAAA':
      return record.addresses
    case 'NS':
      return record.targets.map((target) => `${target}.`)
    case 'MX':
      return record.exchanges.map(({ preference, exchange }) => `${preference} ${exchange}.`)
    case 'TXT':
      return record.texts.map((text) =>
        pieces(text)
          .map((piece) => `"${piece}"`)
          .join(' '),
      )
    case 'CAA':
      return record.authorities.map(({ flags, tag, value }) => `${flags} ${tag} "${value}"`)
  }
}

const pieces = (text: string): readonly string[] =>
  Array.from({ length: Math.ceil(text.length / longestString) }, (_, index) =>
    text.slice(index * longestString, (index + 1) * longestString),
  )
