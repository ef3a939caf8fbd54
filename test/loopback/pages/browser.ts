import chromium from '@sparticuz/chromium'
import { type Browser, chromium as playwright } from 'playwright-core'

/**
 * Of what the package starts Chromium with: what no visitor's browser has. Pages of other origins are kept apart there, and closing the first
 * context does not end it.
 */
const unwanted = ['--single-process', '--disable-web-security', '--disable-site-isolation-trials']

/** Chromium as visitors have it. */
export async function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  const args = chromium.args.filter((each) => !unwanted.includes(each) && !each.startsWith('--disable-features'))
  return playwright.launch({ executablePath: await chromium.executablePath(), args: [...args, ...more] })
}
