import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Page } from 'playwright-core'

/** Where browser tests keep what they saw, for eyes: README, "Working on it". */
const folder = process.env.SCREENSHOTS ?? join(tmpdir(), 'printcloud-screenshots')

/** Keeps how a page looks now, all of it; `name` may have folders in it. Gives where. */
export async function keepScreenshot(page: Page, name: string): Promise<string> {
  const path = join(folder, `${name}.png`)
  await mkdir(dirname(path), { recursive: true })
  await page.screenshot({ path, fullPage: true })
  return path
}
