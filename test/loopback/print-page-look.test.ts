import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeFaults } from './pages/axe-faults.ts'
import { bookTicket, openPrintPages, type PageClient, type PrintPageWorld, until } from './pages/print-page-world.ts'
import { scan } from './pages/scan.ts'
import { keepScreenshot } from './pages/screenshots.ts'

let pages: PrintPageWorld
let client: PageClient
const ids: string[] = []
const long = 'Hafenlichter: Schifffahrtsgeschichtsforschungsgesellschaftsmitteilungen, Ausgabe 12'
const tomorrow = new Date(Date.now() + 86_400_000).toISOString()
const yesterday = new Date(Date.now() - 86_400_000).toISOString()

beforeAll(async () => {
  pages = await openPrintPages()
  client = await pages.start('look')
  const wishes = [
    { title: 'Harbour Lights', quantity: 3, dueAt: tomorrow },
    { title: long, quantity: 120, dueAt: yesterday, name: 'Donaudampfschifffahrtsgesellschaftskapitän <b>Müller</b>' },
    { title: 'Poems', quantity: 1 },
    { title: 'Upstream, No. 1', quantity: 12, dueAt: tomorrow },
    { title: 'Far Hills', quantity: 2 },
  ]
  for (const wish of wishes) {
    const ticket = await bookTicket(pages.world, wish)
    ids.push(ticket.jobId)
    await pages.world.send(ticket)
    await until(() => client.desk.job(ticket.jobId)?.state === 'in_the_shop' || undefined)
  }
  const [, , third = '', fourth = '', fifth = ''] = ids
  await client.desk.report({ jobId: third, status: 'printed' }, 'test')
  await client.desk.report({ jobId: fourth, status: 'packed' }, 'test')
  const tracking = { carrier: 'PostNL', number: '3SABC0001', quantity: 5 }
  await client.desk.report({ jobId: fourth, status: 'shipped', tracking }, 'test')
  await client.desk.report({ jobId: fifth, status: 'printing' }, 'test')
})
afterAll(() => pages?.close())

const screens = [
  { name: 'desk', viewport: { width: 1280, height: 800 } },
  { name: 'tablet', viewport: { width: 800, height: 1280 } },
  { name: 'phone', viewport: { width: 360, height: 740 } },
] as const
const schemes = ['light', 'dark'] as const

/** What is wrong with how it looks now, on every screen and in both schemes; kept for eyes. */
async function seen(page: Page, name: string): Promise<readonly string[]> {
  const found: string[] = []
  for (const screen of screens) {
    await page.setViewportSize(screen.viewport)
    const overflow: number = await page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    )
    if (overflow > 0) found.push(`${screen.name} is ${overflow} px too wide`)
    const small: string[] = await page.evaluate(
      `[...document.querySelectorAll('a, button, input, select')].filter((each) => each.checkVisibility() && each.getBoundingClientRect().height < 56).map((each) => each.outerHTML.slice(0, 90))`,
    )
    found.push(...small.map((each) => `${screen.name}: target under 56 px: ${each}`))
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme })
      if (screen.name !== 'tablet')
        found.push(...(await axeFaults(page)).map((fault) => `${screen.name} ${colorScheme}: ${fault}`))
      await keepScreenshot(page, `print-page/${name}-${screen.name}-${colorScheme}`)
    }
  }
  return found
}

test('the queue can be read on a desk, a tablet and a phone, in light and dark, and by those who do not see it', async () => {
  const page = await pages.open(client)
  await page.getByText(long).waitFor()
  await page.getByText('Far Hills').waitFor()
  expect(await seen(page, 'queue')).toEqual([])
}, 120_000)

test('so can a job with an address of too many letters, its forms, and what is said of a wrong one', async () => {
  const page = await pages.open(client)
  await page.goto(`${client.url}/#/job/${ids[1]}`)
  await page.getByRole('heading', { name: long }).waitFor()
  expect(await seen(page, 'job')).toEqual([])
  await page.getByRole('button', { name: 'It ships …' }).click()
  await page.getByRole('button', { name: 'One more parcel' }).click()
  await page.getByRole('button', { name: 'Go on' }).click()
  expect(await seen(page, 'ship-faults')).toEqual([])
  await page.getByRole('button', { name: 'Back', exact: true }).click()
  await page.getByRole('button', { name: 'Something went wrong …' }).click()
  await page.getByRole('button', { name: 'Go on' }).click()
  expect(await seen(page, 'fail-ask')).toEqual([])
}, 180_000)

test('so can the packing table, empty, half-way and stopped, and the state of the client in German', async () => {
  const page = await pages.open(client)
  await page.goto(`${client.url}/#/pack`)
  await page.getByText('Any code of a job begins its parcel.').waitFor()
  expect(await seen(page, 'pack-empty')).toEqual([])
  await scan(page, `${ids[2]}-interior`)
  await page.getByText('matches').waitFor()
  expect(await seen(page, 'pack-half')).toEqual([])
  await scan(page, `${ids[0]}-cover`)
  await page.getByRole('alertdialog').waitFor()
  expect(await seen(page, 'pack-stop')).toEqual([])
  await page.goto(`${client.url}/?lang=de#/state`)
  await page.getByText('look').or(page.getByText('fac_test')).first().waitFor()
  expect(await seen(page, 'state-de')).toEqual([])
  expect(pages.faults).toEqual([])
}, 180_000)
