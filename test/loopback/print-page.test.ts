import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { FacilityStatus } from '#contracts/messages/facility-status.ts'
import { bookTicket, openPrintPages, type PrintPageWorld, until } from './pages/print-page-world.ts'
import { keepScreenshot } from './pages/screenshots.ts'

let pages: PrintPageWorld
const heard: FacilityStatus[] = []
beforeAll(async () => {
  pages = await openPrintPages()
})
afterEach(() => pages.endTest())
afterAll(() => pages?.close())

/** As a scanner types: at once, and Enter. */
async function scan(page: Page, code: string): Promise<void> {
  await page.keyboard.type(code)
  await page.keyboard.press('Enter')
}

/** What the order side was told of a job, in its order, once it is `count` words. */
const told = (jobId: string, count: number): Promise<readonly FacilityStatus[]> =>
  until(async () => {
    heard.push(...(await pages.world.statuses()))
    const found = heard.filter((status) => status.jobId === jobId)
    return found.length >= count ? found : undefined
  })
const words = (statuses: readonly FacilityStatus[]) => statuses.map(({ status }) => status)

test('a packer takes a job by scanner and keyboard alone from the queue to two parcels, and the order side hears of each step in order', async () => {
  const client = await pages.start('packer')
  const ticket = await bookTicket(pages.world, { quantity: 3, title: 'Harbour Lights' })
  await pages.world.send(ticket)
  const page = await pages.open(client)
  await page.getByText('Harbour Lights').waitFor()
  await page.getByText('To print').last().waitFor()
  // The code opens the job, and takes it one step on.
  await scan(page, ticket.jobId)
  await page.getByRole('heading', { name: 'Harbour Lights' }).waitFor()
  await page.getByRole('button', { name: 'Start printing' }).press('Enter')
  await page.getByRole('button', { name: 'It is printed' }).waitFor()
  await scan(page, ticket.jobId.toUpperCase())
  await page.getByRole('button', { name: 'It is packed' }).waitFor()
  // A part of what is printed goes to the packing table.
  await scan(page, `${ticket.jobId}-interior`)
  await page.getByRole('button', { name: 'Start over' }).waitFor()
  await scan(page, `${ticket.jobId}-cover`)
  await scan(page, ticket.jobId)
  await page.getByText('Everything matches').waitFor()
  await keepScreenshot(page, 'print-page/way-matches')
  await page.getByRole('button', { name: 'All 3 copies are in: packed' }).press('Enter')
  await page.getByText('Packed', { exact: true }).waitFor()
  await ship(page)
  const statuses = await told(ticket.jobId, 6)
  expect(words(statuses)).toEqual(['accepted', 'printing', 'printed', 'packed', 'shipped', 'shipped'])
  expect(statuses.flatMap(({ tracking }) => tracking ?? [])).toEqual([
    { carrier: 'PostNL', number: '3SABC0001', quantity: 2 },
    { carrier: 'PostNL', number: '3SABC0002', quantity: 1 },
  ])
})

async function ship(page: Page): Promise<void> {
  await page.getByLabel('Carrier', { exact: true }).fill('PostNL')
  await page.getByLabel('Tracking number').fill('3SABC0001')
  await page.getByLabel('Copies in this parcel').fill('2')
  await page.getByRole('button', { name: 'One more parcel' }).press('Enter')
  // The carrier's own label is scanned into its field; Enter goes on.
  await page.getByLabel('Tracking number').nth(1).focus()
  await scan(page, '3SABC0002')
  await page.getByText('Have 3 copies left in 2 parcels? This cannot be taken back.').waitFor()
  await keepScreenshot(page, 'print-page/way-ship')
  await page.keyboard.press('Enter')
}

test('a cover of another job on the packing table stops everything, loudly, and nothing is reported until somebody has seen it', async () => {
  const client = await pages.start('mixed-up')
  const [mine, other] = [
    await bookTicket(pages.world, { title: 'Mine' }),
    await bookTicket(pages.world, { title: 'Other' }),
  ]
  for (const ticket of [mine, other]) await pages.world.send(ticket)
  const page = await pages.open(client)
  await page.addInitScript(
    'window.tones = []; const start = OscillatorNode.prototype.start; OscillatorNode.prototype.start = function (...a) { window.tones.push(this.type); return start.apply(this, a) }',
  )
  await page.goto(`${client.url}/#/pack`)
  await page.getByText('Any code of a job begins its parcel.').waitFor()
  await page.reload()
  await until(() => client.desk.job(other.jobId)?.state === 'in_the_shop' || undefined)
  await page.getByText('Any code of a job begins its parcel.').waitFor()
  await until(async () => (await page.getByRole('link', { name: /Jobs 2/ }).count()) === 1 || undefined)
  await scan(page, `${mine.jobId}-interior`)
  await scan(page, `${other.jobId}-cover`)
  const stop = page.getByRole('alertdialog')
  await stop.getByText('This belongs to another job').waitFor()
  await keepScreenshot(page, 'print-page/stop')
  expect(await page.evaluate('window.tones.includes("square")')).toBe(true)
  // A scanner cannot answer for a person, and what it reads meanwhile is not heard.
  await scan(page, `${mine.jobId}-cover`)
  expect(await stop.count()).toBe(1)
  await page.keyboard.press('Space')
  await stop.waitFor({ state: 'detached' })
  await page.getByText('Any code of a job begins its parcel.').waitFor()
  for (const part of ['-interior', '-cover', '']) await scan(page, `${mine.jobId}${part}`)
  await page.getByText('Packed', { exact: true }).waitFor()
  expect(words(await told(mine.jobId, 2))).toEqual(['accepted', 'packed'])
  expect(words(await told(other.jobId, 1))).toEqual(['accepted'])
})
