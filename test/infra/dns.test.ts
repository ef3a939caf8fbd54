import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { parse } from '#contracts/parse.ts'
import { checkedZone, ZoneFault } from '../../infra/dns/check-zone.ts'
import { octodnsFiles } from '../../infra/dns/octodns.ts'
import { printcloudZone, ZoneSource } from '../../infra/dns/printcloud-zone.ts'
import { changeBatch } from '../../infra/dns/route53.ts'
import { rootNameServers, type Zone } from '../../infra/dns/zone.ts'
import { zoneFile } from '../../infra/dns/zone-file.ts'
import { type Row, readChangeBatch, readOctodns, readZoneFile, rowsOf } from './dns-readers.ts'
import { arbitraryZone } from './dns-zones.ts'

const example = parse('zone', ZoneSource, JSON.parse(readFileSync('infra/dns/zone.example.json', 'utf8')))
const base: Zone = { domain: 'example.com', nameServers: ['ns1.example.net', 'ns2.example.org'], records: [] }
const serial = 1_795_000_000

function faultsOf(zone: Zone): readonly string[] {
  try {
    checkedZone(zone)
  } catch (error) {
    if (error instanceof ZoneFault) return error.issues
    throw error
  }
  return []
}

const everyRow = (zone: Zone): readonly Row[] => rowsOf({ ...zone, records: [rootNameServers(zone), ...zone.records] })

test('both DNS providers serve the same zone: what one is given reads back as what the other is given', () => {
  fc.assert(
    fc.property(arbitraryZone, (zone) => {
      expect(faultsOf(zone)).toEqual([])
      const rows = everyRow(zone)
      expect(readZoneFile(zoneFile(zone, { serial }))).toEqual(rows)
      expect(readOctodns(octodnsFiles(zone, 'dns'), zone.domain)).toEqual(rows)
      expect(readChangeBatch(changeBatch(zone), zone.domain)).toEqual(rows)
    }),
    { numRuns: 200 },
  )
})

test('api., cdn. and checkout. are aliases that can point elsewhere within a minute', () => {
  const { records } = printcloudZone(example, { open: 'primary' })
  for (const name of ['api', 'cdn', 'checkout']) {
    expect(records.filter((record) => record.name === name)).toEqual([
      expect.objectContaining({ type: 'CNAME', ttlSeconds: 60 }),
    ])
  }
})

test('opening the standby moves api. and checkout. and says so, and moves nothing else', () => {
  const rows = (open: 'primary' | 'standby') =>
    everyRow(printcloudZone(example, { open })).map((row) => JSON.stringify(row))
  const moved = rows('standby').filter((row) => !rows('primary').includes(row))
  expect(moved.map((row) => JSON.parse(row).name).sort()).toEqual(['_printcloud', 'api', 'checkout'])
  expect(moved.join()).toContain('open=standby')
  const unprepared = { ...example, entrances: { primary: example.entrances.primary } }
  expect(() => printcloudZone(unprepared, { open: 'standby' })).toThrow(/wake the standby/)
})

test('the owner’s mail and web site are in the zone too: at two providers it is one zone', () => {
  const rows = everyRow(printcloudZone(example, { open: 'primary' })).filter(({ name }) => name === '')
  expect(rows.map(({ type }) => type)).toEqual(['A', 'CAA', 'MX', 'NS', 'TXT'])
  expect(rows.find(({ type }) => type === 'NS')?.values).toHaveLength(4)
})

test('a text of more than 255 bytes is cut for zone files and Route 53, and left to octoDNS whole', () => {
  const text = `v=DKIM1; k=rsa; p=${'A'.repeat(500)}`
  const zone = checkedZone({
    ...base,
    records: [{ name: 'key._domainkey', type: 'TXT', ttlSeconds: 3600, texts: [text] }],
  })
  const strings = [...zoneFile(zone, { serial }).matchAll(/"([^"]*)"/g)].map(([, string = '']) => string)
  expect(strings.map(({ length }) => length)).toEqual([255, 255, 8])
  expect(strings.join('')).toBe(text)
  expect(octodnsFiles(zone, 'dns')['zones/example.com.yaml']).toContain(text.replaceAll(';', '\\\\;'))
})

test.each([
  ['a name with other letters', { name: 'münchen', type: 'A', addresses: ['192.0.2.1'] }, /xn-- form/],
  ['a target with other letters', { name: 'x', type: 'CNAME', target: 'bücher.example' }, /xn-- form/],
  ['a dot at the end', { name: 'x', type: 'CNAME', target: 'a.example.' }, /ends in a dot/],
  ['capital letters', { name: 'API', type: 'CNAME', target: 'a.example' }, /in lower case/],
  ['an alias of the domain itself', { name: '', type: 'CNAME', target: 'a.example' }, /cannot be a CNAME/],
  ['an IPv4 address that is none', { name: 'x', type: 'A', addresses: ['192.0.2.256'] }, /no IPv4 address/],
  ['quotes in a text', { name: 'x', type: 'TXT', texts: ['say "this"'] }, /printable ASCII/],
  ['a new line in a text', { name: 'x', type: 'TXT', texts: ['a\nb IN A 192.0.2.1'] }, /printable ASCII/],
  ['no value', { name: 'x', type: 'A', addresses: [] }, /has no value/],
  ['name servers said twice', { name: '', type: 'NS', targets: ['ns.example'] }, /are its nameServers/],
] as const)('%s is refused with words', (_, data, words) => {
  expect(faultsOf({ ...base, records: [{ ...data, ttlSeconds: 60 }] }).join('\n')).toMatch(words)
})

test('a name that is an alias has nothing else, and one kind of record is said once', () => {
  const alias = { name: 'x', ttlSeconds: 60, type: 'CNAME', target: 'a.example' } as const
  const address = { name: 'x', ttlSeconds: 60, type: 'A', addresses: ['192.0.2.1'] } as const
  expect(faultsOf({ ...base, records: [alias, address] })).toEqual(['"x" is a CNAME and has A too.'])
  expect(faultsOf({ ...base, records: [address, address] })).toEqual(['"x" has A twice: say all values in one.'])
})

test('npm run dns writes what was asked for, and says what it takes when it was asked for something else', () => {
  const folder = mkdtempSync(join(tmpdir(), 'printcloud-dns-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const dns = (...args: string[]) => spawnSync(process.execPath, ['infra/dns/main.ts', ...args], { encoding: 'utf8' })
  const path = 'infra/dns/zone.example.json'
  const rows = everyRow(printcloudZone(example, { open: 'standby' }))
  expect(readChangeBatch(JSON.parse(dns('route53', path, '--open', 'standby').stdout), 'example.com')).toEqual(rows)
  const written = dns('octodns', path, '--open', 'standby', '--out', folder).stdout.trim().split('\n')
  const files = Object.fromEntries(written.map((file) => [file.slice(folder.length + 1), readFileSync(file, 'utf8')]))
  expect(readOctodns(files, 'example.com')).toEqual(rows)
  expect(files['config.yaml']).toContain(JSON.stringify(join(folder, 'zones')))
  expect(dns('zone', `${path}.missing`)).toMatchObject({
    status: 64,
    stderr: expect.stringMatching(/^\S+ cannot be read\./),
  })
  expect(dns('zone', path, '--opne', 'standby')).toMatchObject({
    status: 64,
    stderr: expect.stringMatching(/^Unknown option '--opne'/),
  })
  expect(dns('picture', path)).toMatchObject({ status: 64, stderr: expect.stringContaining('npm run -s dns -- zone') })
})

const has = (command: string, ...args: string[]): boolean => spawnSync(command, args).status === 0

test('named-checkzone takes the zone file', (context) => {
  if (!has('named-checkzone', '-v')) return context.skip('named-checkzone (bind9utils) is not installed')
  const folder = mkdtempSync(join(tmpdir(), 'printcloud-dns-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'zone')
  writeFileSync(path, zoneFile(printcloudZone(example, { open: 'primary' }), { serial }))
  expect(execFileSync('named-checkzone', ['example.com', path], { encoding: 'utf8' })).toContain('OK')
})

test('PyYAML, which octoDNS reads with, reads the files as they are meant', (context) => {
  if (!has('python3', '-c', 'import yaml')) return context.skip('python3 with yaml is not installed')
  const program = 'import json,sys,yaml;print(json.dumps(yaml.safe_load(sys.stdin)))'
  for (const text of Object.values(octodnsFiles(printcloudZone(example, { open: 'primary' }), 'dns'))) {
    const read = JSON.parse(execFileSync('python3', ['-c', program], { input: text, encoding: 'utf8' }))
    expect(read).toEqual(JSON.parse(text.replace(/^#.*\n---\n/, '')))
  }
})
