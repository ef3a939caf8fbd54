import { appendFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { FacilityStatus } from '#contracts/messages/facility-status.ts'
import { writeLine } from '../../services/print-client/journal/line.ts'
import { axeFaults } from './pages/axe-faults.ts'
import { bookTicket, openPrintPages, type PrintPageWorld, until } from './pages/print-page-world.ts'
import { scan } from './pages/scan.ts'
import { keepScreenshot } from './pages/screenshots.ts'
import { jobsIn } from './print-client-world.ts'

let pages: PrintPageWorld
const heard: FacilityStatus[] = []
beforeAll(async () => {
  pages = await openPrintPages()
})
afterEach(() => pages.endTest())
afterAll(() => pages?.close())

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
  await scan(page, `${ticket.jobId}-label`)
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
  await page.locator('button:focus', { hasText: 'Yes, shipped' }).press('Enter')
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
  for (const { jobId } of [mine, other]) await until(() => client.desk.job(jobId)?.state === 'in_the_shop' || undefined)
  await page.goto(`${client.url}/#/pack`)
  await page.getByText('Any code of a job begins its parcel.').waitFor()
  await page.reload()
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
  for (const part of ['-interior', '-cover', '-label']) await scan(page, `${mine.jobId}${part}`)
  await page.getByText('Packed', { exact: true }).waitFor()
  expect(words(await told(mine.jobId, 2))).toEqual(['accepted', 'packed'])
  expect(words(await told(other.jobId, 1))).toEqual(['accepted'])
})

test('a job that may have been printed says in plain words why it waits, and is printed only when a person says that nobody has it', async () => {
  const ticket = await bookTicket(pages.world, { title: 'In the dark' })
  const { jobId } = ticket
  const { stateFolder } = pages.world.configOf('dark')
  mkdirSync(stateFolder, { recursive: true })
  const [at, bootId] = [new Date().toISOString(), 'boot-0']
  for (const record of [
    { type: 'claiming', at, jobId, nonce: 'n', bootId, ticket },
    { type: 'claimed', at, jobId, bootId },
    { type: 'spooling', at, jobId, bootId },
  ] as const)
    appendFileSync(join(stateFolder, 'journal.jsonl'), writeLine(record))
  const client = await pages.start('dark')
  const page = await pages.open(client)
  await scanUntilOpen(page, jobId)
  await page.getByText('The job’s folder is gone from where it was made ready.').waitFor()
  await keepScreenshot(page, 'print-page/held')
  expect(await axeFaults(page)).toEqual([])
  await page.getByRole('button', { name: 'It was not: print it' }).press('Enter')
  await page.getByText('Surely nobody has it?').waitFor()
  expect(client.desk.job(jobId)?.state).toBe('held')
  await page.locator('button:focus', { hasText: 'Yes, print it' }).press('Enter')
  await page.getByRole('button', { name: 'Start printing' }).waitFor()
  expect(jobsIn(client.hotFolder)).toContain(jobId)
  expect(words(await told(jobId, 2))).toEqual(['held', 'accepted'])
})

/** A code is known as soon as the page has heard of its job. */
async function scanUntilOpen(page: Page, code: string): Promise<void> {
  await page.getByRole('link', { name: /Jobs 1/ }).waitFor()
  await scan(page, code)
  await page.getByRole('link', { name: '← All jobs' }).waitFor()
}

test('a cable that is cut is told with what still works, what is typed stays, and what was reported meanwhile arrives in order', async () => {
  const client = await pages.start('cut-off')
  const ticket = await bookTicket(pages.world, { title: 'Cut off' })
  await pages.world.send(ticket)
  const page = await pages.open(client)
  await scanUntilOpen(page, ticket.jobId)
  await told(ticket.jobId, 1)
  await pages.world.withoutQueues(async () => {
    await page.getByText('Everything here still works.').waitFor()
    await page.getByRole('button', { name: 'It will be late …' }).press('Enter')
    await page.getByLabel('Why').fill('The folding machine')
    // A code that is scanned into a form is taken out again; a look elsewhere and back loses nothing.
    await scan(page, ticket.jobId)
    expect(await page.getByLabel('Why').inputValue()).toBe('The folding machine')
    await page.reload()
    await page.getByRole('button', { name: 'It will be late …' }).press('Enter')
    expect(await page.getByLabel('Why').inputValue()).toBe('The folding machine')
    await page.getByRole('button', { name: 'Back', exact: true }).press('Enter')
    for (const name of ['Start printing', 'It is printed']) await page.getByRole('button', { name }).press('Enter')
    await page.getByRole('button', { name: 'It is packed' }).waitFor()
    await page.getByText(/reports? waits? to be sent/).waitFor()
    await keepScreenshot(page, 'print-page/offline')
  })
  expect(words(await told(ticket.jobId, 3)).slice(-2)).toEqual(['printing', 'printed'])
  await page.getByText('Everything here still works.').waitFor({ state: 'detached' })
})

test('a form, and the scan field after it, has the focus the moment that it is seen: the next key is often on its way', async () => {
  const client = await pages.start('focus')
  const ticket = await bookTicket(pages.world, { title: 'Focus' })
  await pages.world.send(ticket)
  const page = await pages.open(client)
  await scanUntilOpen(page, ticket.jobId)
  await page.getByRole('button', { name: 'It will be late …' }).waitFor()
  // What is drawn is drawn before the next task: nothing that comes later may move the focus.
  const focusAfter = (name: string): Promise<string> =>
    page.evaluate(`(async () => {
      const buttons = [...document.querySelectorAll('button')]
      buttons.find(({ textContent }) => textContent === ${JSON.stringify(name)}).click()
      await Promise.resolve().then(() => undefined)
      return document.activeElement.id
    })()`)
  expect(await focusAfter('It will be late …')).toBe('delay-day')
  expect(await focusAfter('Back')).toBe('scan')
  expect(await focusAfter('It ships …')).toBe('carrier-0')
  expect(await focusAfter('Back')).toBe('scan')
})

test('a packer sees the address after the client was started again, never the e-mail, and it is gone from the disk with the last copy', async () => {
  const ticket = await bookTicket(pages.world, { title: 'Private', quantity: 2, name: 'Zeldzame Naam' })
  const { jobId } = ticket
  const first = await pages.start('private')
  await pages.world.send(ticket)
  await until(() => first.desk.job(jobId)?.state === 'in_the_shop' || undefined)
  await first.stop()
  const client = await pages.start('private')
  const overview = async () => (await fetch(`${client.url}/api/overview`)).text()
  expect(await overview()).toContain('Zeldzame Naam')
  expect(await overview()).not.toContain('ada@example.org')
  const folder = join(pages.world.configOf('private').stateFolder, 'page')
  const kept = () =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => readFileSync(join(folder, name), 'utf8'))
  expect(kept().join()).toContain('Zeldzame Naam')
  for (const number of ['1', '2'])
    await client.desk.report({ jobId, status: 'shipped', tracking: { carrier: 'PostNL', number, quantity: 1 } }, 'test')
  await until(() => !kept().join().includes('Zeldzame Naam') || undefined)
  expect(await overview()).toContain('Private')
  expect(await overview()).not.toContain('Zeldzame Naam')
})
