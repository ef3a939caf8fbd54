import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { documentPaths } from '#contracts/published/document-paths.ts'
import { statusOf as checkoutStatusOf } from '../../services/button-checkout/status/judge.ts'
import { statusOf } from '../../services/order-api/status-page/judge.ts'
import { type PageWish, type PageWorld, startPages, tooWideAt } from './pages/page-world.ts'

const at = new Date('2026-11-21T12:00:00Z')
const later = (milliseconds: number): Date => new Date(at.getTime() + milliseconds)

const probe = {
  object: 'status',
  written_by: 'probe',
  at: at.toISOString(),
  next_at: later(180_000).toISOString(),
  condition: 'working',
  parts: [
    { name: 'orders', condition: 'working' },
    { name: 'documents', condition: 'working' },
  ],
}
const well = {
  processingSeconds: null,
  deliverySeconds: [],
  silenceSeconds: [],
  facilities: 3,
  documentsSeconds: null,
  webhooksSeconds: null,
}

let world: PageWorld
beforeAll(async () => {
  world = await startPages(at)
})
afterAll(() => world?.close())

const withPage = <T>(wish: PageWish, see: Parameters<typeof world.withPage<T>>[1]): Promise<T> =>
  world.withPage(wish, see)
const textOf = (page: Page): Promise<string> => page.locator('main').innerText()
/** Leaves out what the browser itself says of an answer that a test wants to be bad. */
const expectFaults = (text: string) => {
  const unexpected = world.faults.filter((fault) => !fault.includes(text))
  world.faults.splice(0, world.faults.length, ...unexpected)
}

const page = '/status'
const sells = { overdueSeconds: 0, notOrderedSeconds: 0, payments: 'answers' } as const
const tell = (platform: object | undefined, outside: object | undefined, checkout?: object) => {
  world.documents.clear()
  if (checkout) world.documents.set(documentPaths.checkoutStatus, checkout)
  if (platform) world.documents.set(documentPaths.status, platform)
  if (outside) world.documents.set(documentPaths.probe, outside)
}
/** What it says first, once it has asked. */
const headlineOf = async (opened: Page): Promise<string> => {
  await opened.locator('#notice[data-condition]').waitFor()
  return opened.locator('#headline').innerText()
}

test('says first that everything works, then what the platform and the probe say, each with its age', async () => {
  tell(statusOf(well, at), probe)
  await withPage({ path: page, now: later(12_000) }, async (opened) => {
    expect(await headlineOf(opened)).toBe('Everything works.')
    const text = await textOf(opened)
    for (const words of ['What the platform says', 'What is seen from outside', 'told 12 seconds ago', 'Print shops']) {
      expect(text).toContain(words)
    }
    expect(await opened.locator('#platform li').count()).toBe(5)
    expect(await opened.locator('time').first().getAttribute('title')).toBe('2026-11-21 12:00:00 UTC')
  })
})

test('says plainly that the platform has not reported, for how long, and what that means', async () => {
  tell(statusOf(well, at), undefined)
  await withPage({ path: page, now: later(3 * 3_600_000) }, async (opened) => {
    expect(await headlineOf(opened)).toBe(
      'The platform has not reported for 3 hours; orders may not be taken. Pages with buttons go on working.',
    )
    expect(await textOf(opened)).toContain('told last 3 hours ago; this is how it was then')
    expect(await textOf(opened)).toContain('Nobody reports from outside.')
  })
})

test('believes the probe, as long as that is current, when the platform is silent', async () => {
  tell(statusOf(well, at), { ...probe, next_at: later(9 * 3_600_000).toISOString() })
  await withPage({ path: page, now: later(3_600_000) }, async (opened) => {
    expect(await headlineOf(opened)).toContain('not reported for 1 hour. Seen from outside, orders are taken.')
  })
})

test('says that orders are down when either of the two says so, and why', async () => {
  tell(statusOf(undefined, at), probe)
  await withPage({ path: page }, async (opened) => {
    expect(await headlineOf(opened)).toBe('Orders cannot be taken at the moment. Pages with buttons go on working.')
    expect(await textOf(opened)).toContain('The database does not answer; what is published stays readable.')
  })
  tell(statusOf(well, at), { ...probe, condition: 'down', parts: [{ name: 'orders', condition: 'down' }] })
  await withPage({ path: page }, async (opened) => expect(await headlineOf(opened)).toContain('Orders cannot be taken'))
})

test('says that the checkout sells while orders over the API are down, or is silent; without one nothing of it is shown', async () => {
  const waits = checkoutStatusOf({ ...sells, notOrderedSeconds: 7200 }, at)
  tell(statusOf(undefined, at), undefined, waits)
  await withPage({ path: page }, async (opened) => {
    expect(await headlineOf(opened)).toBe(
      'Orders over the API cannot be taken at the moment. Buttons and their checkout go on selling.',
    )
    const text = await opened.locator('#checkout').innerText()
    for (const words of ['What the checkout says', 'impaired', 'A paid order has waited 2 hours to be passed on.']) {
      expect(text).toContain(words)
    }
    expect(await tooWideAt(opened, 'status-checkout')).toEqual([])
  })
  tell(statusOf(undefined, at), undefined, checkoutStatusOf(undefined, at))
  await withPage({ path: page }, async (opened) => expect(await headlineOf(opened)).toContain('Orders cannot be taken'))
  tell(statusOf(well, at), probe, checkoutStatusOf(sells, later(-600_000)))
  await withPage({ path: page, locale: 'nl' }, async (opened) => {
    expect(await headlineOf(opened)).toBe(
      'De kassa heeft zich 10 minuten niet gemeld; betaalde bestellingen wachten misschien.',
    )
  })
  tell(statusOf(well, at), probe)
  await withPage({ path: page }, async (opened) => {
    await headlineOf(opened)
    expect(await opened.locator('#checkout').isVisible()).toBe(false)
  })
})

test('shows what it does not know as text, and nothing of it as markup', async () => {
  const parts = [{ name: 'new<b>', condition: 'degraded', detail: '<img src=x onerror=alert(1)>' }]
  tell({ ...statusOf(well, at), condition: 'degraded', parts }, undefined)
  await withPage({ path: page }, async (opened) => {
    expect(await headlineOf(opened)).toBe('Not everything works as it should.')
    expect(await textOf(opened)).toContain('<img src=x onerror=alert(1)>')
    expect(await opened.locator('img').count()).toBe(0)
  })
})

test('keeps what it has read when nothing can be read any more, and says so', async () => {
  tell(statusOf(well, at), probe)
  await withPage({ path: page }, async (opened) => {
    await headlineOf(opened)
    // Refused by the browser itself: no console line of ours.
    await opened.route('**/status/*.json', (route) => route.fulfill({ status: 500, body: 'broken' }))
    await opened.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`)
    await opened.getByText('cannot be asked again now').first().waitFor()
    expect(await opened.locator('#platform li').count()).toBe(5)
  })
  expectFaults('status of 500')
})

const look = (opened: Page): Promise<unknown> =>
  opened.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`)

test.each([
  ['of the reader runs a day late', statusOf(well, at), later(-86_400_000)],
  ['of the reader runs a day early', statusOf(well, at), later(86_400_000)],
  ['of the platform runs a day early', statusOf(well, later(86_400_000)), later(10_800_000)],
  ['of the platform runs a day late', statusOf(well, later(-86_400_000)), later(10_800_000)],
])('tells how old a report is by the clocks of the store and the CDN: that %s', async (_what, platform, now) => {
  tell(platform, undefined)
  await withPage({ path: page, now }, async (opened) => {
    await headlineOf(opened)
    let served = later(10_800_000 - 20_000)
    await opened.route('**/status/platform.json', (route) =>
      route.fulfill({
        json: platform,
        headers: { 'last-modified': at.toUTCString(), date: served.toUTCString(), age: '20' },
      }),
    )
    await look(opened)
    await opened.getByText('The platform has not reported for 3 hours').waitFor()
    served = later(-15_000)
    await look(opened)
    await opened.getByText('told 5 seconds ago').waitFor()
    expect(await headlineOf(opened)).toBe('What the platform says: Everything works.')
  })
  expectFaults('status of 404')
})

test('shows nothing old as new while an answer does not come, and blames nobody for what it cannot read', async () => {
  tell(statusOf(well, at), probe)
  await withPage({ path: page }, async (opened) => {
    await headlineOf(opened)
    await opened.route('**/status/*.json', () => undefined)
    await opened.clock.setFixedTime(later(7_200_000))
    await look(opened)
    await opened.getByText('The platform has not reported for 2 hours').waitFor()
    await opened.unroute('**/status/*.json')
    await opened.route('**/status/*.json', (route) => route.abort())
    await look(opened)
    await opened.getByText('The reports cannot be read at the moment. Are you online?').waitFor()
    await opened.unroute('**/status/*.json')
    tell(statusOf(well, later(7_200_000)), { ...probe, next_at: later(7_300_000).toISOString() })
    await opened.evaluate(`dispatchEvent(new Event('online'))`)
    await opened.getByText('Everything works.').waitFor()
  })
  expectFaults('ERR_FAILED')
})

test('fits every width, whatever there is to say', async () => {
  const waits = { ...well, processingSeconds: 1500, deliverySeconds: [300_000] }
  const cases = { well: statusOf(well, at), waits: statusOf(waits, at), down: statusOf(undefined, at) }
  const late = statusOf(well, later(-3 * 3_600_000))
  for (const [name, platform] of Object.entries({ ...cases, late })) {
    tell(platform, name === 'late' ? undefined : probe)
    await withPage({ path: page, now: later(9000) }, async (opened) => {
      await headlineOf(opened)
      expect(await tooWideAt(opened, `status-${name}`)).toEqual([])
    })
  }
})

test('speaks the language of its reader, and longer words fit', async () => {
  tell(statusOf(well, at), undefined)
  await withPage({ path: page, now: later(3 * 86_400_000), locale: 'de-AT' }, async (opened) => {
    expect(await headlineOf(opened)).toContain('Die letzte Meldung der Plattform ist 3 Tage alt')
    expect(await textOf(opened)).toContain('zuletzt gemeldet vor 3 Tagen')
    expect(await opened.locator('html').getAttribute('lang')).toBe('de')
    expect(await tooWideAt(opened, 'status-de')).toEqual([])
  })
})

test('without JavaScript says where the same can be read', async () => {
  await withPage({ path: page, javaScriptEnabled: false }, async (opened) => {
    expect(await opened.locator('a[href="/status.json"]').isVisible()).toBe(true)
  })
})

test('the page wrote no error to the console and never broke its policy: nothing comes from anywhere else', () => {
  // The browser's own line where nobody reports from outside.
  expectFaults('status of 404')
  expect(world.faults).toEqual([])
})
