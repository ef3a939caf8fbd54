import type { Page } from 'playwright-core'

/** The page has taken over, and what it asked by itself is answered. */
export async function ready(page: Page): Promise<void> {
  await page.locator('html[data-ready]').waitFor()
  await page.locator('.live-price b', { hasText: /\d/ }).waitFor()
}

export const someone = {
  ...{ email: 'ada@example.com', name: 'Ada Lovelace', line1: 'Kade 12', postal_code: '1011 AB', city: 'Amsterdam' },
}

export async function typeAddress(page: Page, fields: Readonly<Record<string, string>> = someone): Promise<void> {
  for (const [id, value] of Object.entries(fields)) await page.locator(`#${id}`).fill(value)
}

/** Through all steps to the button that pays. */
export async function toPay(page: Page): Promise<void> {
  await ready(page)
  await page.locator('#go-to-address').click()
  await typeAddress(page)
  await page.locator('#go-to-pay').click()
  await page.locator('#pay').waitFor()
}

export const typedIn = (page: Page, id: string): Promise<string> => page.locator(`#${id}`).inputValue()
export const focused = (page: Page): Promise<string> => page.evaluate('document.activeElement?.id ?? ""')

/** The sum of all shifts that nobody asked for by a click or a key. */
export const shifted = (page: Page): Promise<number> =>
  page.evaluate(`new Promise((tell) => {
    let sum = 0
    new PerformanceObserver((list) => { for (const each of list.getEntries()) if (!each.hadRecentInput) sum += each.value })
      .observe({ type: 'layout-shift', buffered: true })
    requestAnimationFrame(() => requestAnimationFrame(() => tell(sum)))
  })`)
