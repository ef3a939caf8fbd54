import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Facility } from '#contracts/facility.ts'
import { localFacilities } from '../../../local/facilities.ts'
import { localPriceBooks } from '../../../local/prices/local-price-books.ts'
import { fillDatabase } from '../../../local/seed/fill-database.ts'
import { rememberedKeys } from '../../../local/seed/keys.ts'
import { OperatorFault } from '../../../services/order-api/operator/operator-fault.ts'
import { runOperator } from '../../../services/order-api/operator/run-operator.ts'
import { createHandleStatus } from '../../../services/order-api/status/handle-status.ts'
import { type Life, openLife } from './lifecycle-world.ts'

let life: Life
let folder = ''

beforeAll(async () => {
  life = await openLife()
  life.api.clock.now = new Date('2026-11-20T12:00:00.000Z')
  folder = await mkdtemp(join(tmpdir(), 'printcloud-facilities-'))
})
afterAll(async () => {
  await life?.api.close()
  await rm(folder, { recursive: true, force: true })
})

const operate = (...commandLine: readonly string[]): Promise<string> =>
  runOperator(commandLine, () => life.api.database, life.now)
const told = async (...commandLine: readonly string[]) => JSON.parse(await operate(...commandLine, '--json'))
const faultOf = async (...commandLine: readonly string[]) => {
  const fault = await operate(...commandLine).catch((error: unknown) => error)
  if (fault instanceof OperatorFault) return fault
  throw new Error(`no fault: ${fault}`)
}
const fileOf = async (value: unknown): Promise<string> => {
  const file = join(folder, 'facility.json')
  await writeFile(file, typeof value === 'string' ? value : JSON.stringify(value))
  return file
}
/** How often facilities.json was asked to be written. */
const wanted = async (): Promise<number> => {
  const sql = `select to_jsonb(wanted) as row from documents where kind = 'facilities'`
  return (await life.api.database.rows(Type.Integer(), sql))[0] ?? 0
}

const porto: Facility = {
  ...{ id: 'fac_porto', name: 'Gráfica do Porto', country: 'PT', city: 'Porto', latitude: 41.15, longitude: -8.61 },
  status: 'paused',
  products: [{ sku: 'softcover-a5', paper: { interior: 'munken-90', cover: 'munken-90' } }],
  papers: [{ id: 'munken-90', title: 'Munken Print 90', gsm: 90, caliperMicrometres: 135 }],
  opening: { timeZone: 'Europe/Lisbon', weekdays: [1, 2, 3, 4, 5], cutOff: '15:00' },
}

describe('the operator', () => {
  test('adds a facility, which everybody reads then, and changes it', async () => {
    const before = await wanted()
    expect(await operate('facility', 'add', await fileOf(porto))).toContain('Its queue is facility-fac_porto')
    expect(await wanted()).toBe(before + 1)
    const again = await faultOf('facility', 'add', await fileOf(porto))
    expect([again.exitCode, again.lines[0]]).toEqual([65, 'There is a facility fac_porto already.'])
    await operate('facility', 'edit', await fileOf({ ...porto, name: 'Porto' }))
    life.later(1)
    expect((await life.call('GET', '/v1/facilities/fac_porto')).json).toMatchObject({
      ...{ name: 'Porto', status: 'paused', products: ['softcover-a5'] },
      papers: [{ id: 'munken-90', caliper_micrometres: 135 }],
      opening: { time_zone: 'Europe/Lisbon', cut_off: '15:00', closed_on: [] },
    })
    const nobody = await faultOf('facility', 'edit', await fileOf({ ...porto, id: 'fac_faro' }))
    expect([nobody.exitCode, nobody.lines[0]]).toEqual([65, 'There is no facility "fac_faro".'])
  })

  test('is told every fault of a file at once, and nothing is written', async () => {
    const faulty = {
      ...porto,
      ...{ id: 'Fac Porto', latitude: 141, colour: 'blue', country: 'PP' },
      products: [
        { sku: 'softcover-a5', paper: { interior: 'unknown' } },
        { sku: 'softcover-a5' },
        { sku: 'hat', bleed: 3 },
        { sku: 'poster-a3', spine: { kind: 'per_page', mmPerPage: 1, plusMm: 0 } },
        { sku: 'softcover-a4', spine: { kind: 'bands', bands: [9, 8].map((toPages) => ({ toPages, widthMm: 1 })) } },
      ],
      papers: [{ id: 'munken-90', title: 'Munken Print 90', gsm: 90 }],
      carriers: [{ name: 'CTT', methods: ['standard'], countries: ['PT', 'UK', '*'] }],
      opening: { timeZone: 'Europe/Porto', weekdays: [8], cutOff: '25:00' },
    }
    const { exitCode, lines } = await faultOf('facility', 'add', await fileOf(faulty))
    expect(exitCode).toBe(65)
    expect(lines.map((line) => line.split(':')[0]).sort()).toEqual(
      [
        ...['/colour', '/id', '/latitude', '/opening/cutOff', '/opening/timeZone', '/opening/weekdays/0'],
        ...['/products/0/paper/interior', '/products/0/paper/cover', '/products/1/sku', '/products/2/bleed'],
        ...['/products/2/sku', '/products/3/spine', '/products/4/spine/bands', '/papers/0/caliperMicrometres'],
        ...['/carriers/0/countries/1', '/country'],
      ].sort(),
    )
    for (const text of ['', '[]', 'null', '{"id":', '"a"', '{}'])
      expect([64, 65]).toContain((await faultOf('facility', 'add', await fileOf(text))).exitCode)
    expect((await faultOf('facility', 'add', join(folder, 'nothing.json'))).exitCode).toBe(64)
    expect((await told('facility', 'list')).data).toHaveLength(4)
  })

  test('adds the facility and the prices of the examples as they stand; zones that nobody can meet are refused', async () => {
    const [facility, prices] = ['facility', 'prices'].map((name) => readFileSync(`docs/examples/${name}.json`, 'utf8'))
    const id = 'fac_example'
    const renamed = (text = '') => text.replaceAll('fac_porto', id)
    await operate('facility', 'add', await fileOf(renamed(facility)))
    expect(await operate('prices', 'set', await fileOf(renamed(prices)))).toBe(
      `Prices of ${id}, EUR, from 2026-01-01: 3 products\n`,
    )
    const book = JSON.parse(renamed(prices))
    const [home] = book.shipping.zones
    const zones = [home, { ...home, countries: ['PT', 'UK'] }]
    const faulty = { ...book, validFrom: '2027-01-01', shipping: { ...book.shipping, zones } }
    const { lines } = await faultOf('prices', 'set', await fileOf(faulty))
    expect(lines.map((line) => line.split(':')[0])).toEqual([
      '/shipping/zones/1/countries/0',
      '/shipping/zones/1/countries/1',
    ])
  })

  test('pauses, drains and opens, and is told what is left', async () => {
    const orders = [await life.place(), await life.place()]
    for (const { id } of orders) await life.ready(id)
    await life.says(orders[0].id, 'accepted')
    const before = await wanted()
    expect(await told('facility', 'drain', 'fac_utrecht')).toEqual({
      ...{ id: 'fac_utrecht', status: 'draining', jobs: 2, unclaimed: 1 },
    })
    expect(await operate('facility', 'pause', 'fac_utrecht')).toContain(
      '2 jobs are left at it: 1 unclaimed, 1 that a print client took.',
    )
    expect(await operate('facility', 'open', 'fac_leipzig')).toContain('Nothing is left at it.')
    expect(await wanted()).toBe(before + 3)
    await operate('facility', 'open', 'fac_utrecht')
    expect((await faultOf('facility', 'drain', 'fac_nowhere')).exitCode).toBe(65)
    expect((await faultOf('facility', 'drain')).exitCode).toBe(64)
    expect((await faultOf('facility', 'close', 'fac_utrecht')).exitCode).toBe(64)
  })

  test('finds facilities as they were left when a local platform starts again, those that were added among them', async () => {
    const left = async () => {
      const { data } = await told('facility', 'list')
      return data.map(({ id, status, name }: Facility) => ({ id, status, name }))
    }
    await operate('facility', 'pause', 'fac_leipzig')
    const before = await left()
    expect(before.map(({ id }: Facility) => id)).toContain('fac_porto')
    const filling = { facilities: localFacilities, priceBooks: localPriceBooks }
    await fillDatabase(life.api.database, { keys: await rememberedKeys(folder), ...filling })
    expect(await left()).toEqual(before)
    await operate('facility', 'open', 'fac_leipzig')
  })

  test('sees who is there, clients one by one, and how long jobs wait', async () => {
    const hear = createHandleStatus(life.api.context.changer, life.api.context.keyring)
    const jobs = { open: 3, held: 1, failed: 0, inTheShop: 2 }
    const heartbeat = { type: 'facility_heartbeat', facilityId: 'fac_utrecht', clientId: 'press-1', version: '1.4.0' }
    await hear({ ...heartbeat, at: life.now().toISOString(), isTaking: false, reason: 'disk full \u001b[2J', jobs })
    await hear({ ...heartbeat, clientId: 'press-2', at: life.now().toISOString(), isTaking: true, jobs })
    expect(await operate('facility', 'show', 'fac_utrecht')).toMatch(/^Client +press-2\nHeard .*\nTakes +yes$/m)
    life.later(180)
    const list = await operate('facility', 'list')
    expect(list).toMatch(/^ID +IN +STATUS +HEARD +CLIENTS +JOBS +UNCLAIMED +OLDEST$/m)
    expect(list).toMatch(/^fac_utrecht +NL +open +SILENT 3 h +2 /m)
    expect(list).toMatch(/^fac_porto +PT +paused +never /m)
    const show = await operate('facility', 'show', 'fac_utrecht')
    expect(show).toMatch(
      /^Client +press-1\nHeard +3 h ago, version 1\.4\.0\nTakes +no: disk full .\[2J\nJobs +3 open, 1 held, /m,
    )
    // What it said three hours ago is not known to be so.
    expect(show).toMatch(/^Client +press-2\nHeard .*\nTakes +not known: it is silent$/m)
    expect(show).toMatch(/^job_\w+ +ord_\w+ +3 h +queued, test$/m)
    const widest = Math.max(...`${list}${show.replaceAll(', test', '')}`.split('\n').map(({ length }) => length))
    expect(widest).toBeLessThanOrEqual(80)
    const json = await told('facility', 'show', 'fac_utrecht')
    expect(json).toMatchObject({ is_silent: true, clients: 2, document: { id: 'fac_utrecht' } })
    const taking = json.print_clients.map(({ id, is_taking }: { id: string; is_taking: unknown }) => [id, is_taking])
    expect(new Map(taking)).toEqual(
      new Map([
        ['press-1', false],
        ['press-2', null],
      ]),
    )
    expect(json.oldest_jobs.map(({ status }: { status: string }) => status)).toEqual(['queued', 'accepted'])
  })
})
