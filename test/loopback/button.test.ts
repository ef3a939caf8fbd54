import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ButtonWorld, publication, startButtonWorld } from './button/button-world.ts'
import { keepScreenshot } from './pages/screenshots.ts'

let world: ButtonWorld
beforeAll(async () => {
  world = await startButtonWorld()
})
afterAll(() => world?.close())

const { id } = publication
const element = `<print-button publication="${id}"></print-button>`
const documentReads = () => world.asked.filter((path) => path.endsWith(`${id}.json`)).length
const priced = (page: Page) => page.getByRole('button', { name: /from €12\.86/ }).first()

/** What the first button of the page opens. */
async function opened(page: Page, press: () => Promise<unknown>): Promise<URL> {
  const [tab] = await Promise.all([page.waitForEvent('popup'), press()])
  await tab.waitForLoadState()
  return new URL(tab.url())
}

test('it shows its text, for readers of screens the title too, and the least price with tax; a press opens the checkout', async () => {
  await world.see({ body: element }, async (page) => {
    await priced(page).waitFor()
    expect(await page.locator('body').ariaSnapshot()).toContain(
      'button "Print this Harbour Lights, issue 12 from €12.86"',
    )
    const url = await opened(page, () => page.keyboard.press('Tab').then(() => page.keyboard.press('Enter')))
    expect(url.href.split('?')[0]).toBe(`${world.checkout}/checkout`)
    expect(Object.fromEntries(url.searchParams)).toEqual({ publication: id, lang: 'en', origin: world.site })
  })
})

test('under the strictest policy nothing is forbidden, no cookie is set and nothing stored, third-party cookies or not', async () => {
  const policy =
    "default-src 'none'; script-src CDN; connect-src CDN; img-src CDN; style-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'"
  await world.see(
    { body: `<print-button publication="${id}" thumbnail></print-button>`, policy },
    async (page, context) => {
      const faults: string[] = []
      page.on('console', (line) => line.type() === 'error' && faults.push(line.text()))
      await page.reload()
      await priced(page).waitFor()
      await page.waitForFunction(
        'document.querySelector("print-button").shadowRoot.querySelector("img").naturalWidth > 0',
      )
      // Its style holds: no sheet of the page gives it one.
      const colour =
        'getComputedStyle(document.querySelector("print-button").shadowRoot.querySelector("button")).backgroundColor'
      expect(await page.evaluate(colour)).toBe('rgb(31, 63, 143)')
      const url = await opened(page, () => priced(page).click())
      expect(url.searchParams.get('publication')).toBe(id)
      expect(faults.filter((fault) => !fault.includes('favicon'))).toEqual([])
      expect(await context.cookies()).toEqual([])
      expect(await page.evaluate('localStorage.length + sessionStorage.length')).toBe(0)
    },
  )
})

test('buttons come, move and go as a page of one piece wants it, and share one read', async () => {
  await world.see({ body: '<main></main><aside></aside>' }, async (page) => {
    const before = documentReads()
    await page.evaluate(`for (let at = 0; at < 20; at += 1) {
      const button = document.createElement('print-button')
      button.setAttribute('publication', '${id}')
      document.querySelector('main').append(button)
    }`)
    await priced(page).waitFor()
    await page.evaluate('document.querySelector("aside").append(document.querySelector("print-button"))')
    expect(await page.locator('aside').getByRole('button').innerText()).toContain('€12.86')
    expect(documentReads()).toBe(before + 1)
    await page.evaluate('document.querySelector("main").replaceChildren()')
    const other = { ...publication, id: 'pub_01k9x0000000000000000000bb', title: 'Another' }
    world.publications.set(other.id, other)
    await page.evaluate(`document.querySelector('print-button').setAttribute('publication', '${other.id}')`)
    await page.getByRole('button', { name: /Another/ }).waitFor()
    await page.evaluate('document.querySelector("print-button").disabled = true')
    expect(await page.getByRole('button').isDisabled()).toBe(true)
    expect(await page.evaluate('document.querySelector("print-button").outerHTML')).toContain('disabled')
  })
})

test('click() of a script opens it; where the browser allows no tab, and where the page wants it, the checkout comes in its place', async () => {
  await world.see({ body: element }, async (page) => {
    expect((await opened(page, () => page.evaluate('document.querySelector("print-button").click()'))).pathname).toBe(
      '/checkout',
    )
    await page.evaluate('window.open = () => null')
    await page.getByRole('button').click()
    await page.waitForURL(/\/checkout\?/)
  })
  await world.see({ body: `<print-button publication="${id}" target="_self"></print-button>` }, async (page) => {
    await page.getByRole('button').click()
    await page.waitForURL(/\/checkout\?/)
  })
})

test('a thousand messages of others have no effect, those of the checkout become events once', async () => {
  await world.see({ body: `<div>${element}</div><iframe src="CHECKOUT/checkout"></iframe>` }, async (page, context) => {
    await page.evaluate(`window.heard = []
      for (const type of ['ordered', 'closed']) document.querySelector('div').addEventListener('printcloud-' + type, (event) => heard.push([type, event.detail.reference]))`)
    const [tab] = await Promise.all([page.waitForEvent('popup'), page.getByRole('button').click()])
    await tab.waitForLoadState()
    const message = "{ printcloud: 1, type: 'ordered', reference: 'r1' }"
    const thousand = (target: string) => `for (let at = 0; at < 1000; at += 1) ${target}.postMessage(${message}, '*')`
    // From the page itself, from a frame with the checkout's own origin, from the opened window once it shows something else.
    await page.evaluate(thousand('window'))
    await page.frames()[1]?.evaluate(thousand('parent'))
    for (const odd of [
      "'ordered'",
      'null',
      "{ printcloud: '1', type: 'ordered' }",
      "{ printcloud: 1, type: 'paid' }",
    ]) {
      await tab.evaluate(`opener.postMessage(${odd}, '*')`)
    }
    await tab.evaluate(`opener.postMessage(${message}, '*')`)
    await page.waitForFunction('heard.length > 0')
    await tab.goto(`${world.cdn}/nothing`)
    await tab.evaluate(thousand('opener'))
    await page.evaluate('new Promise((resolve) => setTimeout(resolve))')
    expect(await page.evaluate('heard')).toEqual([['ordered', 'r1']])
    expect(context.pages()).toHaveLength(2)
  })
})

test('links of Peecho lead to the checkout as they are, those that come or change later too', async () => {
  const script = `<script async src="CDN/v1/button.js?publication=${id}"></script>`
  const link =
    '<a class="mine peecho-print-button" href="http://www.peecho.com/" data-filetype="pdf" data-width="210" data-height="297" data-pages="48" data-locale="nl_NL" data-currency="USD" data-title="Annual report" data-reference="r7" data-src="/files/a.pdf">Print</a>'
  await world.see({ body: `<p>${link}</p>`, script }, async (page) => {
    await page.getByRole('link', { name: 'Print vanaf € 12,86' }).waitFor()
    const href = async () => new URL((await page.locator('a').first().getAttribute('href')) ?? '').searchParams
    expect(Object.fromEntries(await href())).toEqual({
      ...{ publication: id, src: `${world.site}/files/a.pdf`, pages: '48', width: '210', height: '297' },
      ...{ lang: 'nl-NL', currency: 'USD', title: 'Annual report', reference: 'r7', origin: world.site },
    })
    await page.evaluate("document.querySelector('a').dataset.src = 'https://example.com/b.pdf'")
    await expect.poll(async () => (await href()).get('src')).toBe('https://example.com/b.pdf')
    await page.evaluate(
      'document.querySelector(\'p\').insertAdjacentHTML(\'afterend\', \'<a class="peecho-print-button" data-noprice data-publication="4711" data-filetype="jpg" data-width="6000">Later</a>\')',
    )
    const later = page.getByRole('link', { name: 'Later', exact: true })
    await later.waitFor()
    const said = new URL((await later.getAttribute('href')) ?? '').searchParams
    expect([said.get('publication'), said.get('width')]).toEqual([id, null])
    expect(await page.locator('a').first().getAttribute('class')).toBe('mine peecho-print-button')
    expect((await opened(page, () => later.click())).searchParams.get('publication')).toBe(id)
  })
})

test('without scripts the link within leads to the same checkout, with them there is one thing to press', async () => {
  const body = `<print-button publication="${id}"><a href="CHECKOUT/checkout?publication=${id}">Print me</a></print-button>`
  await world.see({ body, javaScriptEnabled: false }, async (page) => {
    await page.getByRole('link', { name: 'Print me' }).click()
    expect(new URL(page.url()).searchParams.get('publication')).toBe(id)
  })
  await world.see({ body }, async (page) => {
    await page.getByRole('button', { name: /^Print me/ }).waitFor()
    expect(await page.getByRole('link').count()).toBe(0)
  })
})

test('with the CDN away it works from what the browser has, and without a price where it has nothing', async () => {
  await world.see({ body: element }, async (page) => {
    await priced(page).waitFor()
    world.setUp(false)
    try {
      const button = `document.body.replaceChildren(Object.assign(document.createElement('div'), { innerHTML: '' }))`
      await page.evaluate(button)
      await page.evaluate(`(${readAgain.toString()})('${world.cdn}/public/v1/publications/${id}.json')`)
      await page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<print-button publication=\"pub_01k9x0000000000000000000cc\"></print-button>')",
      )
      const bare = page.getByRole('button', { name: 'Print this', exact: true })
      await bare.waitFor()
      expect((await opened(page, () => bare.click())).pathname).toBe('/checkout')
    } finally {
      world.setUp(true)
    }
  })
})

/** What the button itself asks when the CDN does not answer. */
async function readAgain(address: string): Promise<void> {
  const answer = await fetch(address, { cache: 'force-cache' })
  if ((await answer.json()).object !== 'publication') throw new Error('not kept')
}

test('two versions on a page are one; a release finds the checkout by its attribute', async () => {
  const script = `<script src="CDN/v1.0.0/button.js" data-checkout="CHECKOUT"></script><script async src="CDN/v1/button.js"></script>`
  await world.see({ body: element, script }, async (page) => {
    const faults: string[] = []
    page.on('pageerror', (error) => faults.push(error.message))
    await page.reload()
    await priced(page).waitFor()
    expect((await opened(page, () => priced(page).click())).origin).toBe(world.checkout)
    expect(faults).toEqual([])
  })
})

test('what is over, or not yet, says so and cannot be pressed; what is not known stays a way to the checkout', async () => {
  const ended = { ...publication, id: 'pub_01k9x0000000000000000000dd', valid_until: '2020-01-01T00:00:00Z' }
  const upcoming = { ...publication, id: 'pub_01k9x0000000000000000000ee', valid_from: '2999-05-04T00:00:00Z' }
  for (const each of [ended, upcoming]) world.publications.set(each.id, each)
  const body = [ended.id, upcoming.id, 'pub_01k9x0000000000000000000ff']
    .map((each) => `<print-button publication="${each}"></print-button>`)
    .join('')
  await world.see({ body, lang: 'de' }, async (page) => {
    await page.getByRole('button', { name: /Nicht verfügbar/, disabled: true }).waitFor()
    await page.getByRole('button', { name: /ab 4\.5\.2999/, disabled: true }).waitFor()
    expect(await page.getByRole('button', { name: 'Drucken lassen', exact: true }).isEnabled()).toBe(true)
  })
})

test('nothing moves when the price comes: the shift of the page is 0', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  world.setPause(promise)
  const body = `<p>Before</p><p style="text-align:center">${element} and words after it</p>${element}<p>After</p>`
  const head = `<script>window.shift = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries()) shift += entry.value }).observe({ type: 'layout-shift', buffered: true })</script>`
  await world.see({ body, head, script: '<script src="CDN/v1/button.js"></script>' }, async (page) => {
    await page.getByRole('button').first().waitFor()
    await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))')
    resolve()
    await priced(page).waitFor()
    await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))')
    expect(await page.evaluate('shift')).toBe(0)
  })
})

test('it fits a narrow page in both schemes and both directions', async () => {
  const themed = (key: string, theme: PublicationTheme) => {
    const each = { ...publication, id: `pub_01k9x000000000000000000${key}`, theme }
    world.publications.set(each.id, each)
    return `<p><print-button publication="${each.id}"></print-button></p>`
  }
  const body = [
    element,
    `<p><print-button size="large" thumbnail publication="${id}"></print-button></p>`,
    themed('0a1', { style: 'outline', accent: '#7a3b12' }),
    themed('0a2', { style: 'text', size: 'small' }),
    themed('0a3', { accent: '#ffd400', radius_px: 24 }),
    `<p><print-button disabled publication="${id}">Als hochwertiges Heft drucken lassen</print-button></p>`,
  ].join('')
  const head = '<meta name="color-scheme" content="light dark">'
  for (const direction of ['ltr', 'rtl']) {
    await world.see(
      { body: `<main dir="${direction}">${body}</main>`, head, viewport: { width: 320, height: 640 } },
      async (page) => {
        await priced(page).waitFor()
        await page.waitForLoadState('networkidle')
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320)
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme })
          await page.keyboard.press('Tab')
          await keepScreenshot(page, `button-${direction}-${colorScheme}`)
        }
      },
    )
  }
})

type PublicationTheme = NonNullable<typeof publication.theme>
