import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FindingCode } from '#contracts/finding-codes.ts'
import type { OrderRequest } from '#contracts/order-api/order-request.ts'
import { a5, damagedPdf, htmlPage, lockedPdf, pdf } from '../fixtures/journey/documents.ts'
import { jpeg, posterJpeg } from '../fixtures/journey/pictures.ts'
import { type Journey, startJourney } from './journey.ts'
import { orderFor, recipients } from './recipients.ts'

type Item = OrderRequest['items'][number]
type Bad = {
  readonly item: (journey: Journey) => Promise<Item>
  readonly codes: readonly FindingCode[]
  readonly file: string
}

const book = (interior: string): Item => ({
  ...{ sku: 'softcover-a5', quantity: 1, pages: 32, title: 'Bad day' },
  files: { interior },
})
const poster = (image: string): Item => ({ sku: 'poster-a2', quantity: 1, files: { image } })
const pdfUpload =
  (filename: string, make: () => Promise<Buffer> | Buffer) =>
  async ({ customer }: Journey) =>
    book(await customer.upload({ filename, type: 'application/pdf', bytes: await make() }))

const badDays: Readonly<Record<string, Bad>> = {
  'a PDF that opens with a password only': {
    item: pdfUpload('locked.pdf', () => lockedPdf(a5(32))),
    codes: ['PASSWORD_REQUIRED'],
    file: 'interior',
  },
  'an empty file': {
    item: async ({ platform }) => book(`${platform().local.baseUrl}/samples/empty.pdf`),
    codes: ['EMPTY_DOCUMENT'],
    file: 'interior',
  },
  'a damaged PDF': {
    item: pdfUpload('damaged.pdf', damagedPdf),
    codes: ['CORRUPT_UNRECOVERABLE'],
    file: 'interior',
  },
  'an HTML page named .pdf': {
    item: pdfUpload('shared-link.pdf', htmlPage),
    codes: ['UNSUPPORTED_FORMAT', 'SOURCE_MISMATCH'],
    file: 'interior',
  },
  'a book with too few pages': {
    item: pdfUpload('thin.pdf', () => pdf(a5(12))),
    codes: ['PAGE_COUNT_OUT_OF_RANGE'],
    file: 'interior',
  },
  'a picture with too few pixels': {
    item: async ({ customer }) =>
      poster(await customer.upload({ filename: 'small.jpg', type: 'image/jpeg', bytes: await jpeg(220, 310) })),
    codes: ['RESOLUTION_TOO_LOW'],
    file: 'image',
  },
  'a photo book of which one photo has too few pixels': {
    item: async ({ customer }) => {
      const send = async (widthPx: number) =>
        customer.upload({ filename: 'photo.jpg', type: 'image/jpeg', bytes: await jpeg(widthPx, widthPx) })
      const [good, small] = [await send(650), await send(100)]
      const images = Array.from({ length: 24 }, (_, index) => (index === 6 ? small : good))
      return { sku: 'photobook-210x210', quantity: 1, files: { images } }
    },
    codes: ['RESOLUTION_TOO_LOW'],
    file: 'images/7',
  },
  'a file that was announced and never uploaded': {
    item: async ({ customer }) =>
      poster((await customer.announce({ filename: 'never.jpg', type: 'image/jpeg', size: 1000 })).id),
    codes: ['SOURCE_NOT_UPLOADED'],
    file: 'image',
  },
  'an address of the cloud’s own metadata': {
    item: async () => poster('http://169.254.169.254/latest/meta-data/iam/security-credentials/'),
    codes: ['SOURCE_ADDRESS_FORBIDDEN'],
    file: 'image',
  },
  'an address on the processor’s own machine': {
    item: async () => poster('https://127.0.0.1:1/poster.jpg'),
    codes: ['SOURCE_ADDRESS_FORBIDDEN'],
    file: 'image',
  },
  'an address that answers 404': {
    item: async ({ platform }) => poster(`${platform().local.baseUrl}/samples/there-is-none.jpg`),
    codes: ['SOURCE_UNREACHABLE'],
    file: 'image',
  },
}

let journey: Journey
let goodPoster: Item

beforeAll(async () => {
  journey = await startJourney()
  const samples = join(journey.dataFolder, 'samples')
  await mkdir(samples, { recursive: true })
  await writeFile(join(samples, 'empty.pdf'), '')
  const bytes = await posterJpeg()
  goodPoster = poster(await journey.customer.upload({ filename: 'good.jpg', type: 'image/jpeg', bytes }))
}, 90_000)

afterAll(() => journey?.end(), 60_000)

describe.concurrent.each(Object.entries(badDays))('%s', (_name, bad) => {
  test('fails its own item with a reason, and the good poster beside it is delivered', async () => {
    const { customer } = journey
    const placed = await customer.place(orderFor(recipients.NL, [await bad.item(journey), goodPoster]))
    const order = await customer.delivery(placed.id)
    const [badItem, goodItem] = order.items
    expect(order.stage).toBe('delivered')
    expect(goodItem).toMatchObject({ status: 'delivered' })
    expect(order.shipments.map(({ item_id }) => item_id)).toEqual([goodItem?.id])
    expect(badItem?.status).toBe('failed')
    expect(bad.codes).toContain(badItem?.failure)
    const issues = order.issues.filter(({ item_id }) => item_id === badItem?.id)
    const reason = issues.find(({ severity }) => severity === 'reject')
    expect(reason?.code).toBe(badItem?.failure)
    expect(reason?.file).toBe(bad.file)
    for (const words of [reason?.found, reason?.wanted, reason?.why, reason?.action]) expect(words).toMatch(/\w{2}/)
    expect(await foldersOf(placed.items.map(({ id }) => id))).toEqual([goodItem?.job_id])
  })

  test('alone in an order, it rejects the order and no facility hears of it', async () => {
    const { customer } = journey
    const placed = await customer.place(orderFor(recipients.NL, [await bad.item(journey)]))
    const order = await customer.arrival(placed.id)
    expect(order.stage).toBe('rejected')
    expect(order.items).toMatchObject([{ status: 'failed' }])
    expect(order.items[0]).not.toHaveProperty('job_id')
    const events = await customer.events(order.id)
    // "Started" may be heard after "rejected": the queue keeps no order. Such news is recorded as late and changes nothing.
    expect(events.findLast(({ type }) => type !== 'item.late')?.type).toBe('order.rejected')
  })
})

test('a file of zero bytes cannot be announced: the answer names the field', async () => {
  const answer = await journey.customer.send('/v1/files', {
    body: { filename: 'empty.pdf', content_type: 'application/pdf', size_bytes: 0 },
  })
  expect(answer.status).toBe(422)
  expect(await answer.json()).toMatchObject({ code: 'invalid_request', errors: [{ pointer: '/size_bytes' }] })
})

/** The jobs in the hot folders whose item is one of these. */
async function foldersOf(itemIds: readonly string[]): Promise<string[]> {
  const tickets = await journey.tickets()
  return tickets.filter(({ itemId }) => itemIds.includes(itemId)).map(({ jobId }) => jobId)
}
