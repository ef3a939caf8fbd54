import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { ContractError, parse } from '#contracts/parse.ts'
import { ZoneFault } from './check-zone.ts'
import { octodnsFiles } from './octodns.ts'
import { printcloudZone, ZoneSource } from './printcloud-zone.ts'
import { changeBatch } from './route53.ts'
import type { Zone } from './zone.ts'
import { zoneFile } from './zone-file.ts'

const help = `npm run -s dns -- zone    FILE [--open primary|standby]            a zone file (RFC 1035)
npm run -s dns -- route53 FILE [--open primary|standby]            what aws route53 change-resource-record-sets takes
npm run -s dns -- octodns FILE [--open primary|standby] --out DIR  configuration and zone for octoDNS, both providers
FILE is as infra/dns/zone.example.json.
`

function main(): void {
  const { positionals, values } = words()
  const [rendering, path] = positionals
  if (rendering === undefined || path === undefined) throw new ZoneFault([help])
  if (values.open !== 'primary' && values.open !== 'standby') throw new ZoneFault(['--open is primary or standby.'])
  const source = parse('zone', ZoneSource, jsonIn(path))
  const zone = printcloudZone(source, { open: values.open })
  if (rendering === 'octodns') writeOctodns(zone, values.out)
  else process.stdout.write(textOf(rendering, zone))
}

function words() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { open: { type: 'string', default: 'primary' }, out: { type: 'string' } },
    })
  } catch (cause) {
    throw new ZoneFault([cause instanceof Error ? cause.message : String(cause), help], { cause })
  }
}

function jsonIn(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    const why = cause instanceof SyntaxError ? `is no JSON: ${cause.message}.` : 'cannot be read. Is it there?'
    throw new ZoneFault([`${path} ${why} FILE is as infra/dns/zone.example.json.`], { cause })
  }
}

function textOf(rendering: string, zone: Zone): string {
  if (rendering === 'zone') return zoneFile(zone, { serial: Math.floor(Date.now() / 1000) })
  if (rendering === 'route53') return `${JSON.stringify(changeBatch(zone), null, 2)}\n`
  throw new ZoneFault([help])
}

function writeOctodns(zone: Zone, folder: string | undefined): void {
  if (folder === undefined) throw new ZoneFault(['octodns writes a folder: say --out DIR.'])
  for (const [name, text] of Object.entries(octodnsFiles(zone, folder))) {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
    process.stdout.write(`${path}\n`)
  }
}

try {
  main()
} catch (error) {
  if (!(error instanceof ZoneFault || error instanceof ContractError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 64
}
