import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CatalogueGeometry } from '#contracts/order-api/catalogue.ts'
import type { Order, OrderItem } from '#contracts/order-api/order.ts'
import type { OrderRequest } from '#contracts/order-api/order-request.ts'
import { a4, a5, pdf } from '../fixtures/journey/documents.ts'
import { jpeg } from '../fixtures/journey/pictures.ts'
import { type Journey, readTicket, startJourney } from './journey.ts'
import { boxesByPdfinfo, boxesByPdfium, boxFaults, isInstalled, qpdfFaults } from './page-boxes.ts'
import { orderFor, personalWords, recipients } from './recipients.ts'

type Items = OrderRequest['items']
/** pdfinfo prints two decimals. */
const tolerances = { pdfium: 0.01, pdfinfo: 0.0151 } as const
const hasPdfinfo = await isInstalled('pdfinfo')
const hasQpdf = await isInstalled('qpdf')
const coverPages = 48

let journey: Journey
let orders: Order[]

beforeAll(async () => {
  journey = await startJourney()
  const samples = join(journey.dataFolder, 'samples')
  await mkdir(samples, { recursive: true })
  await writeFile(join(samples, 'poster.jpg'), await jpeg(1200, 1700, 42))
  const byUrl = `${journey.platform().local.baseUrl}/samples/poster.jpg`
  const { customer } = journey
  const wanted = [
    orderFor(recipients.NL, await oneOfEachFamily()),
    orderFor(recipients.DE, [{ sku: 'poster-a3', quantity: 2, files: { image: byUrl } }]),
    orderFor(recipients.US, await forColumbus()),
  ]
  const placed = await Promise.all(wanted.map((order) => customer.place(order)))
  orders = await Promise.all(placed.map(({ id }) => customer.delivery(id, 100)))
}, 150_000)

afterAll(() => journey?.end(), 60_000)

const sendPdf = (filename: string, bytes: Buffer) =>
  journey.customer.upload({ filename, type: 'application/pdf', bytes })
const sendJpeg = async (widthPx: number, heightPx: number, seed: number) =>
  journey.customer.upload({ filename: 'a.jpg', type: 'image/jpeg', bytes: await jpeg(widthPx, heightPx, seed) })

/** Pictures have the pixels for their size at the product's least resolution that needs no warning. */
async function oneOfEachFamily(): Promise<Items> {
  const photos: string[] = []
  for (let seed = 1; seed <= 25; seed += 1) photos.push(await sendJpeg(1280, 1700, seed))
  const book = await sendPdf('book.pdf', await pdf(a5(81)))
  return [
    { sku: 'softcover-a5', quantity: 3, title: 'Along the River', pages: 81, files: { interior: book } },
    {
      sku: 'magazine-a4',
      quantity: 5,
      pages: 14,
      files: { interior: await sendPdf('magazine.pdf', await pdf(a4(14))) },
    },
    { sku: 'photobook-210x280', quantity: 1, title: 'A summer', files: { images: photos } },
    { sku: 'canvas-30x40', quantity: 1, files: { image: await sendJpeg(1600, 2000, 40) } },
    { sku: 'poster-a3', quantity: 1, files: { image: await sendJpeg(1200, 1700, 41) } },
  ]
}

/** A paperback whose cover was drawn to the geometry endpoint's figures, and a magazine with the bleed of a US shop. */
async function forColumbus(): Promise<Items> {
  const { customer } = journey
  const path = `/v1/catalogue/softcover-6x9/geometry?pages=${coverPages}&facility=fac_columbus`
  const { components, trim_width_mm, trim_height_mm } = await customer.read(CatalogueGeometry, path)
  const sheet = components.find(({ component }) => component === 'cover')
  const pagePt = { widthPt: (trim_width_mm / 25.4) * 72, heightPt: (trim_height_mm / 25.4) * 72 }
  const coverPt = { widthPt: sheet?.sheet_width_pt ?? 0, heightPt: sheet?.sheet_height_pt ?? 0 }
  const send = async (filename: string, bytes: Buffer) => customer.upload({ filename, type: 'application/pdf', bytes })
  const interior = await send('interior.pdf', await pdf({ pages: coverPages, ...pagePt }))
  const cover = await send('cover.pdf', await pdf({ pages: 1, ...coverPt }))
  const magazine = await send('magazine.pdf', await pdf({ ...a5(14), widthPt: 595.28, heightPt: 841.89 }))
  return [
    { sku: 'softcover-6x9', quantity: 1, pages: coverPages, files: { interior, cover } },
    { sku: 'magazine-a4', quantity: 2, pages: 14, files: { interior: magazine } },
  ]
}

type Made = { readonly order: Order; readonly item: OrderItem; readonly folder: string; readonly name: string }
const madeItems = (): Made[] =>
  orders.flatMap((order) =>
    order.items.map((item) => ({
      order,
      item,
      name: `${item.sku} at ${item.facility_id}`,
      folder: join(journey.platform().local.hotFolders[item.facility_id] ?? '', item.job_id ?? ''),
    })),
  )
const geometryOf = ({ item }: Made) => journey.customer.read(CatalogueGeometry, item.geometry_url ?? '')

describe('an order of every product family', () => {
  test('is shipped and delivered, every item with a parcel and a tracking number', () => {
    for (const { stage, items, shipments, issues } of orders) {
      expect(issues).toEqual([])
      expect(stage).toBe('delivered')
      expect(items.map(({ status }) => status)).toEqual(items.map(() => 'delivered'))
      for (const { id, quantity, facility_id } of items) {
        const parcels = shipments.filter(({ item_id }) => item_id === id)
        expect(parcels).toMatchObject([{ quantity, facility_id, tracking_number: expect.stringMatching(/^\w{6,}$/) }])
      }
    }
  })

  test('goes to the nearest facility that makes each product', () => {
    const facilities = Object.fromEntries(
      madeItems().map(({ order, item }) => [`${order.recipient.address.country} ${item.sku}`, item.facility_id]),
    )
    expect(facilities).toEqual({
      'NL softcover-a5': 'fac_utrecht',
      'NL magazine-a4': 'fac_utrecht',
      'NL photobook-210x280': 'fac_leipzig',
      'NL canvas-30x40': 'fac_leipzig',
      'NL poster-a3': 'fac_utrecht',
      'DE poster-a3': 'fac_leipzig',
      'US softcover-6x9': 'fac_columbus',
      'US magazine-a4': 'fac_columbus',
    })
  })

  test('lies in the hot folders as one job folder an item, with ticket and print files as the API says', async () => {
    const folders = await journey.jobFolders()
    expect(folders.map(({ path }) => path).sort()).toEqual(
      madeItems()
        .map(({ folder }) => folder)
        .sort(),
    )
    for (const { item, folder, order } of madeItems()) {
      const ticket = await readTicket(folder)
      expect(ticket).toMatchObject({ jobId: item.job_id, orderId: order.id, itemId: item.id, quantity: item.quantity })
      expect(ticket.shipTo).toEqual(order.recipient)
      expect(ticket.files.map(({ component }) => component)).toEqual(item.print_files.map(({ component }) => component))
      for (const [index, { file, sizeBytes, sha256, pages }] of ticket.files.entries()) {
        const bytes = await readFile(join(folder, file))
        const said = { size_bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), pages }
        expect(said).toMatchObject({ size_bytes: sizeBytes, sha256 })
        expect(item.print_files[index]).toMatchObject(said)
      }
    }
  })

  test('has print files whose pages and boxes, read by PDFium, are those of the geometry endpoint to 0.01 pt', async () => {
    expect(await faultsBy(boxesByPdfium, tolerances.pdfium)).toEqual({})
  })

  test.runIf(hasPdfinfo)(
    'has print files whose boxes, read by pdfinfo -box, are those of the geometry endpoint',
    async () => {
      expect(await faultsBy(boxesByPdfinfo, tolerances.pdfinfo)).toEqual({})
    },
  )

  test.runIf(hasQpdf)('has print files that qpdf --check finds sound', async () => {
    const files = madeItems().flatMap(({ item, folder }) =>
      item.print_files.map(({ component }) => join(folder, `${component}.pdf`)),
    )
    const found = await Promise.all(files.map(qpdfFaults))
    expect(found.filter((fault) => fault !== '')).toEqual([])
  })

  test('has links that open: print files, previews, preflight report, receipt', async () => {
    const { customer } = journey
    for (const { order, item } of madeItems()) {
      for (const { component, sha256 } of item.print_files) {
        const file = await (await customer.fetchLink(order, item.id, `print-file?component=${component}`)).arrayBuffer()
        expect(createHash('sha256').update(Buffer.from(file)).digest('hex')).toBe(sha256)
        const preview = await customer.fetchLink(order, item.id, `preview?component=${component}`)
        const { width = 0, height = 0 } = await sharp(Buffer.from(await preview.arrayBuffer())).metadata()
        expect(Math.min(width, height), `preview of ${item.sku} ${component}`).toBeGreaterThan(100)
      }
      const jsonOf = async (link: string): Promise<unknown> => (await customer.fetchLink(order, item.id, link)).json()
      expect(await jsonOf('preflight-report')).toMatchObject({ sku: item.sku, findings: expect.any(Array) })
      const receipt = JSON.stringify(await jsonOf('receipt'))
      for (const { sha256 } of item.print_files) expect(receipt).toContain(sha256)
    }
  })

  test('has a gapless event log in which every item goes its way and no status is impossible', async () => {
    const way = [
      'item.processing_started',
      'item.print_file_ready',
      'item.queued',
      'item.accepted',
      'item.printing',
      'item.printed',
      'item.packed',
      'item.shipped',
      'item.delivered',
    ]
    for (const order of orders) {
      const events = await journey.customer.events(order.id)
      expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1))
      expect(events.map(({ at }) => at)).toEqual(events.map(({ at }) => at).sort())
      expect(events[0]?.type).toBe('order.created')
      expect(events.findLast(({ type }) => type !== 'item.late')?.type).toBe('order.delivered')
      expect(events.filter(({ type }) => type === 'item.impossible')).toEqual([])
      for (const { id } of order.items) {
        const steps = events
          .filter(({ data, type }) => data.item_id === id && type !== 'item.late')
          .map(({ type }) => way.indexOf(type))
        expect(steps).toEqual(steps.toSorted((a, b) => a - b))
        expect(steps).toEqual([...new Set(steps)])
        expect(steps).toContain(way.indexOf('item.delivered'))
      }
      const released = events.findIndex(({ type }) => type === 'order.released')
      expect(events.findLastIndex(({ type }) => type === 'item.print_file_ready')).toBeLessThan(released)
    }
  })

  test('leaves nobody’s name, street, e-mail, key or signed link in any log', async () => {
    const folder = join(journey.dataFolder, 'logs')
    const names = await readdir(folder)
    expect(names).toContain('order-api.log')
    const secrets = [...personalWords, journey.platform().local.secretKey, 'X-Amz-Signature']
    for (const name of names) {
      const text = await readFile(join(folder, name), 'utf8')
      expect(
        secrets.filter((secret) => text.includes(secret)),
        name,
      ).toEqual([])
    }
  })
})

/** What a reader of PDFs finds wrong with any print file, by product and component. */
async function faultsBy(read: typeof boxesByPdfium, tolerancePt: number): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {}
  for (const made of madeItems()) {
    const { components } = await geometryOf(made)
    expect(components.map(({ component }) => component)).toEqual(
      made.item.print_files.map(({ component }) => component),
    )
    for (const component of components) {
      const faults = boxFaults(await read(join(made.folder, `${component.component}.pdf`)), component, tolerancePt)
      if (faults.length > 0) found[`${made.name} ${component.component}`] = faults.slice(0, 5)
    }
  }
  return found
}
