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

/**
 * Presses `button` and gives the id of what has the focus, or what names it, in the very moment in which `place` is there. A focus that comes later takes the
 * words of whoever types at once into another field.
 */
export const focusedWhenThere = (page: Page, button: string, place: string): Promise<string> =>
  page.evaluate(`new Promise((tell) => {
    new MutationObserver((_changes, watch) => {
      if (!document.querySelector('${place}')) return
      watch.disconnect()
      const focused = document.activeElement
      tell(focused.id || focused.getAttribute('aria-labelledby'))
    }).observe(document.body, { childList: true, subtree: true })
    document.querySelector('${button}').click()
  })`)

/** The sum of all shifts that nobody asked for by a click or a key. */
export const shifted = (page: Page): Promise<number> =>
  page.evaluate(`new Promise((tell) => {
    let sum = 0
    new PerformanceObserver((list) => { for (const each of list.getEntries()) if (!each.hadRecentInput) sum += each.value })
      .observe({ type: 'layout-shift', buffered: true })
    requestAnimationFrame(() => requestAnimationFrame(() => tell(sum)))
  })`)
