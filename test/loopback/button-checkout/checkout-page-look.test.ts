import { readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildPages } from '../../../services/button-checkout/pages/build/build-pages.ts'
import { axeFaults } from '../pages/axe-faults.ts'
import { ready, shifted, toPay, typeAddress, typedIn } from './page/by-visitor.ts'
import { type CheckoutWorld, startCheckoutWorld } from './page/checkout-world.ts'
import { artPrint, magazine, toCome } from './page/shops.ts'

let world: CheckoutWorld
beforeAll(async () => {
  world = await startCheckoutWorld()
})
afterAll(() => world?.close())

/** On a busy machine the next answer may take seconds. */
const soon = <T>(look: () => T) => expect.poll(look, { timeout: 15_000 })
/** What the browser says of answers that a test wants to be bad. */
const forgive = (text: string) => {
  const left = world.faults.filter((fault) => !fault.includes(text))
  world.faults.splice(0, world.faults.length, ...left)
}

test('the script that takes the page over is at most 30 kB packed, its styles 6 kB', async () => {
  const folder = join(tmpdir(), `pages-${process.pid}`)
  await buildPages(folder)
  const manifest: unknown = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'))
  expect(manifest).toMatchObject({ 'checkout.js': expect.any(String), 'page.css': expect.any(String) })
  const packed = async (start: string) => {
    const name = (await readdir(folder)).find((each) => each.startsWith(start) && !/\.\d+-/.test(each)) ?? ''
    return gzipSync(await readFile(join(folder, name))).length
  }
  const [script, style] = [await packed('checkout-main'), await packed('pages-page')]
  expect(script, `script: ${script} B`).toBeLessThan(30_000)
  expect(style, `style: ${style} B`).toBeLessThan(6_000)
  await rm(folder, { recursive: true })
})

test('without a script the page shows product, prices and pictures, and says what it needs', async () => {
  await world.visit(
    magazine(),
    async ({ page }) => {
      const text = await page.locator('body').innerText()
      for (const part of ['Harbour Lights, issue 12', 'Magazine A4', 'from €12.86', '210 × 297 mm'])
        expect(text).toContain(part)
      expect(text).toContain('JavaScript')
      expect(await page.locator('svg.print-sheet image').count()).toBeGreaterThan(0)
    },
    { javaScriptEnabled: false },
  )
})

test('an address in the United States asks for its state before there is a price, and sales tax is added', async () => {
  await world.visit(magazine(), async ({ page }) => {
    await ready(page)
    await page.locator('#country').selectOption('US')
    await page.locator('#price-state').selectOption('CA')
    await page.locator('.live-price b', { hasText: '€18.88' }).waitFor()
    await page.locator('#go-to-address').click()
    await page.locator('#email').waitFor()
    const order = await page.evaluate(
      "[...document.querySelectorAll('.fields input, .fields select')].map(({ id }) => id)",
    )
    expect(order).toEqual(['email', 'name', 'line1', 'line2', 'city', 'state', 'postal_code', 'phone'])
    expect(await typedIn(page, 'state')).toBe('CA')
  })
  forgive('422')
})

test('a picture is turned, cut and shown whole by keys, says how sharp it will be, and is ordered as it lies', async () => {
  await world.visit(artPrint(), async ({ page, checkout }) => {
    await ready(page)
    expect(await page.locator('.dpi').innerText()).toContain('169 dpi')
    await page.locator('#crop-zoom').focus()
    await page.keyboard.press('End')
    await page.getByText('Will look soft: 42 dpi').waitFor()
    await page.locator('#crop-x').focus()
    await page.keyboard.press('Home')
    await page.locator('#go-to-address').click()
    await page.locator('#email').waitFor()
    expect(checkout.view()?.cart.design).toMatchObject({ rotate: 90, fit: 'fill', crop: { y: 0 } })
    await page.getByRole('button', { name: 'Show whole picture' }).click()
    await page.getByText('Sharp at this size').waitFor()
    await soon(() => checkout.view()?.cart.design?.fit).toBe('fit')
  })
})

test('pages are leafed through by buttons and arrow keys, and a finding leads to its page', async () => {
  await world.visit(magazine(), async ({ page }) => {
    await ready(page)
    await page.getByRole('button', { name: 'Next' }).focus()
    await page.keyboard.press('ArrowRight')
    await page.getByText('Pages 2 and 3 of 24').waitFor()
    await page.getByRole('button', { name: 'Show page 7' }).click()
    await page.getByText('Pages 6 and 7 of 24').waitFor()
    await page.getByText('Hardcover book A4').click()
    await page.getByText('spine (6.4 mm)').waitFor()
  })
})

test('axe finds nothing in the first and the last step, light or dark, from a small phone to a desk', async () => {
  const found: string[] = []
  for (const [shop, widths] of [
    [magazine(), [320, 768, 1280]],
    [artPrint(), [320]],
    [toCome(), [320]],
  ] as const) {
    await world.visit(shop, async ({ page }) => {
      await ready(page)
      found.push(...(await looked(page, widths)))
      await toPay(page)
      found.push(...(await looked(page, widths)))
    })
  }
  expect(found).toEqual([])
})

test('axe finds nothing in an address with faults, in a notice, or written from the right', async () => {
  const found: string[] = []
  await world.visit(magazine(), async ({ page, checkout }) => {
    await ready(page)
    await page.evaluate("document.documentElement.dir = 'rtl'")
    await page.locator('#go-to-address').click()
    await page.locator('#go-to-pay').click()
    await page.locator('#email-fault').waitFor()
    found.push(...(await looked(page, [320])))
    await typeAddress(page)
    await page.locator('#go-to-pay').click()
    await page.locator('#pay').waitFor()
    checkout.setPrice(1500)
    await page.locator('#pay').click()
    await page.locator('#notice .finding').waitFor()
    found.push(...(await looked(page, [320])))
  })
  forgive('409')
  expect(found).toEqual([])
})

test('a picture lies under the finger that drags it, wherever its sheet leaves room', async () => {
  await world.visit(artPrint(), async ({ page }) => {
    await ready(page)
    await page.getByText('Poster A3').click()
    await page.locator('#crop-zoom').fill('40')
    const place = () => page.locator('.print-sheet image').boundingBox()
    const [before, stage] = [await place(), await page.locator('.stage').boundingBox()]
    if (!before || !stage) throw new Error('There is no picture')
    const [x, y] = [stage.x + stage.width / 2, stage.y + stage.height / 2]
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x + 30, y + 20, { steps: 3 })
    await page.mouse.up()
    await soon(async () => Math.round(((await place())?.x ?? 0) - before.x)).toBe(30)
    await soon(async () => Math.round(((await place())?.y ?? 0) - before.y)).toBe(20)
  })
})

async function looked(page: Page, widths: readonly number[]): Promise<readonly string[]> {
  const found: string[] = []
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 })
    const wider: number = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
    if (wider > 0) found.push(`${wider} px too wide at ${width}`)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      found.push(...(await axeFaults(page)).map((fault) => `${width} ${colorScheme}: ${fault}`))
    }
  }
  return found
}

test('nothing moves by itself while the page comes and prices change', async () => {
  await world.visit(magazine(), async ({ page }) => {
    await ready(page)
    await page.getByRole('button', { name: 'One copy more' }).click()
    await page.locator('.live-price b', { hasText: '€30.47' }).waitFor()
    expect(await shifted(page)).toBeLessThan(0.02)
  })
})

test('six languages are spoken, with money and days as people there write them', async () => {
  const pay = {
    nl: /Betaal\s€\s17,61/,
    de: /17,61\s€ bezahlen/,
    fr: /Payer\s17,61\s€/,
    es: /Pagar\s17,61\s€/,
    zh: /支付 €17\.61/,
  }
  for (const [language, words] of Object.entries(pay)) {
    await world.visit(
      magazine(),
      async ({ page }) => {
        await toPay(page)
        expect(await page.locator('#pay').innerText()).toMatch(words)
        expect(await page.locator('html').getAttribute('lang')).toBe(language)
      },
      { language },
    )
  }
  expect(world.faults).toEqual([])
})
