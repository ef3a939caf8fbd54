import { type RecordData, rootNameServers, type Zone } from './zone.ts'

/** Files of octoDNS by their path in a folder. JSON is YAML, and is read in one way only. */
export function octodnsFiles(zone: Zone, folder: string): Readonly<Record<string, string>> {
  return {
    'config.yaml': yaml(octodnsConfig(zone, folder)),
    [`zones/${zone.domain}.yaml`]: yaml(octodnsZone(zone)),
  }
}

const yaml = (value: unknown): string =>
  `# Made by \`npm run dns -- octodns\`: edit the file that it was made from.\n---\n${JSON.stringify(value, null, 2)}\n`

/** Both providers get the same zone. The second one needs `pip install octodns octodns-route53 octodns-ns1`, and its key. */
const octodnsConfig = ({ domain }: Zone, folder: string) => ({
  providers: {
    config: {
      class: 'octodns.provider.yaml.YamlProvider',
      // As seen from where octodns-sync is started.
      directory: `${folder}/zones`,
      default_ttl: 3600,
      enforce_order: false,
    },
    route53: {
      class: 'octodns_route53.Route53Provider',
      access_key_id: 'env/AWS_ACCESS_KEY_ID',
      secret_access_key: 'env/AWS_SECRET_ACCESS_KEY',
    },
    ns1: { class: 'octodns_ns1.Ns1Provider', api_key: 'env/NS1_API_KEY' },
  },
  zones: { [`${domain}.`]: { sources: ['config'], targets: ['route53', 'ns1'] } },
})

type OctodnsRecord = { readonly type: string; readonly ttl: number } & (
  | { readonly value: string }
  | { readonly values: readonly unknown[] }
)

function octodnsZone(zone: Zone): Readonly<Record<string, readonly OctodnsRecord[]>> {
  const records = [rootNameServers(zone), ...zone.records]
  return Object.fromEntries(
    [...Map.groupBy(records, ({ name }) => name)].map(([name, here]) => [
      name,
      here.map((record) => ({ type: record.type, ttl: record.ttlSeconds, ...valuesOf(record) })),
    ]),
  )
}

function valuesOf(record: RecordData) {
  switch (record.type) {
    case 'CNAME':
      return { value: `${record.target}.` }
    case 'A':
    case 'AAAA':
      return { values: record.addresses }
    case 'NS':
      return { values: record.targets.map((target) => `${target}.`) }
    case 'MX':
      return {
        values: record.exchanges.map(({ preference, exchange }) => ({ preference, exchange: `${exchange}.` })),
      }
    case 'TXT':
      // octoDNS cuts long texts itself, and refuses a semicolon without a backslash.
      return { values: record.texts.map((text) => text.replaceAll(';', '\\;')) }
    case 'CAA':
      return { values: record.authorities }
  }
}
