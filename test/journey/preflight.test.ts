import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { AccountEventList } from '#contracts/order-api/event.ts'
import { Preflight, type PreflightRequest } from '#contracts/order-api/preflight.ts'
import { parse } from '#contracts/parse.ts'
import { a5, lockedPdf, pdf } from '../fixtures/journey/documents.ts'
import { jpeg } from '../fixtures/journey/pictures.ts'
import { type Journey, startJourney } from './journey.ts'
import { orderFor, recipients } from './recipients.ts'

let journey: Journey

beforeAll(async () => {
  journey = await startJourney()
}, 90_000)
afterAll(() => journey?.end(), 60_000)

const patient = { timeout: 120_000, interval: 250 }

/** Asked, and followed to its end where the first answer is not the last. */
async function preflight(body: PreflightRequest): Promise<Preflight> {
  const answer = await journey.customer.send('/v1/preflights', { body })
  expect([201, 202]).toContain(answer.status)
  const { id } = parse('preflight', Preflight, await answer.json())
  return await vi.waitFor(async () => {
    const found = await journey.customer.read(Preflight, `/v1/preflights/${id}`)
    expect(found.status).not.toBe('running')
    return found
  }, patient)
}

const eligible = ({ products }: Preflight) => products.flatMap(({ sku, eligible: is }) => (is ? [sku] : []))

test('what a preflight calls eligible is made: an order of it with the same file ships, with the pages that were told', {
  timeout: 180_000,
}, async () => {
  const { customer } = journey
  const interior = await customer.upload({ filename: 'book.pdf', type: 'application/pdf', bytes: await pdf(a5(48)) })
  const told = await preflight({ files: { interior } })
  expect(told.files).toMatchObject([{ file: 'interior', format: 'pdf', pages: 48 }])
  expect(eligible(told)).toContain('softcover-a5')
  expect(eligible(told)).not.toContain('poster-a3')
  const [first] = told.previews
  const picture = await fetch(first?.url ?? '')
  expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/jpeg'])
  const report = await fetch(told.report_url ?? '')
  expect(await report.json()).toMatchObject({ type: 'preflight', version: 1 })

  const own = await preflight({ sku: 'softcover-a5', country: 'NL', title: 'Seven', files: { interior } })
  expect(own).toMatchObject({ outcome: 'ready', pages: 48, sku: 'softcover-a5' })
  const item = { sku: 'softcover-a5', quantity: 1, title: 'Seven', pages: own.pages ?? 0, files: { interior } }
  const placed = await customer.place(orderFor(recipients.NL, [item]))
  expect(placed.items[0]?.facility_id).toBe(own.facility_id)
  const order = await customer.delivery(placed.id)
  expect(order.stage).toBe('delivered')
  expect(order.items[0]?.pages).toBe(48)
  const warned = (codes: readonly { code: string; severity: string }[]) =>
    codes.filter(({ severity }) => severity !== 'fixed').map(({ code }) => code)
  expect(warned(order.issues)).toEqual(warned(own.findings).slice(0, 10))
})

test('a file that cannot be printed is told so before anybody pays, and its event says that it is over', {
  timeout: 180_000,
}, async () => {
  const { customer, platform } = journey
  const locked = await customer.upload({ filename: 'a.pdf', type: 'application/pdf', bytes: await lockedPdf(a5(32)) })
  const told = await preflight({ sku: 'softcover-a5', files: { interior: locked } })
  expect(told).toMatchObject({ status: 'completed', outcome: 'rejected', previews: [] })
  expect(told.findings.map(({ code }) => code)).toEqual(['PASSWORD_REQUIRED'])
  expect(eligible(told)).toEqual([])

  const image = await customer.upload({ filename: 'a.jpg', type: 'image/jpeg', bytes: await jpeg(2480, 3506) })
  expect(eligible(await preflight({ files: { image } }))).toContain('poster-a3')

  const addresses = [
    'https://169.254.169.254/latest/',
    'https://127.0.0.1:1/a.jpg',
    `${platform().local.baseUrl}/none.jpg`,
  ]
  const codes = await Promise.all(
    addresses.map(async (url) => (await preflight({ files: { image: url } })).findings[0]?.code),
  )
  expect(codes).toEqual(['SOURCE_ADDRESS_FORBIDDEN', 'SOURCE_ADDRESS_FORBIDDEN', 'SOURCE_UNREACHABLE'])

  await vi.waitFor(async () => {
    const answer = await customer.send('/v1/events?type=preflight.completed&limit=1000', {})
    const { data } = parse('events', AccountEventList, await answer.json())
    expect(data).toContainEqual(
      expect.objectContaining({ data: { preflight_id: told.id, status: 'completed', outcome: 'rejected' } }),
    )
  }, patient)
})
