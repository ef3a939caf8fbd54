import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from '#contracts/parse.ts'
import { documentPaths } from '#contracts/published/document-paths.ts'
import { PublicationDocument } from '#contracts/published/publication-document.ts'
import { draft } from './pages/draft.ts'
import { type PageWish, type PageWorld, startPages, tooWideAt } from './pages/page-world.ts'

const draftPath = documentPaths.preview(draft.id, 'A'.repeat(22))
const previewPage = `${documentPaths.page('preview')}#${draftPath}`
const pictureWidth = `document.querySelector('.picture img').naturalWidth`

let world: PageWorld
beforeAll(async () => {
  world = await startPages(new Date('2026-11-21T12:00:00Z'))
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

const open = async (opened: Page): Promise<string> => {
  await opened.locator('#publication h1').waitFor()
  return textOf(opened)
}
const tell = (publication: PublicationDocument) => {
  world.documents.clear()
  world.documents.set(draftPath, parse('publication', PublicationDocument, publication))
}

test('shows picture, title, offers with prices and tax, validity, and the button that nobody can press yet', async () => {
  tell(draft)
  await withPage({ path: previewPage }, async (opened) => {
    const text = await open(opened)
    for (const words of [
      'Preview of version 3',
      'Harbour Lights, issue 12',
      'from €12.86',
      'incl. 9% tax (NL)',
      'plus tax',
      'not available now',
      '210 mm × 297 mm · 48 pages',
      'Nothing can be ordered in a preview.',
      'Until 31 December 2026',
    ]) {
      expect(text).toContain(words)
    }
    expect(await opened.locator('.button').isDisabled()).toBe(true)
    const image = opened.locator('.picture img')
    expect(await image.getAttribute('srcset')).toMatch(/160w, .* 320w, .* 480w$/)
    await expect.poll(() => opened.evaluate(pictureWidth)).toBeGreaterThan(0)
  })
})

test('speaks the languages of the publication, also from right to left, and words of any length fit at every width', async () => {
  tell(draft)
  await withPage({ path: previewPage }, async (opened) => {
    await open(opened)
    for (const [language, title] of Object.entries({ de: 'Hafenlichter', ar: 'أضواء' })) {
      await opened.locator('select').selectOption(language)
      expect(await opened.locator('h1').innerText()).toContain(title)
      expect(await tooWideAt(opened, `preview-${language}`)).toEqual([])
    }
    expect(await opened.locator('h1').getAttribute('dir')).toBe('rtl')
  })
})

test('says why there is no picture, and where the file comes from', async () => {
  const { thumbnail: _, ...rest } = draft
  const failure = 'The file at https://example.com/a-rather-long-address/harbour-lights-12.pdf cannot be fetched: 404.'
  tell({ ...rest, thumbnail_failure: failure, file_comes_later: true })
  await withPage({ path: previewPage }, async (opened) => {
    const text = await open(opened)
    for (const words of ['The picture could not be made:', failure, 'The file comes after the sale.']) {
      expect(text).toContain(words)
    }
    expect(await tooWideAt(opened, 'preview-failed')).toEqual([])
  })
  tell(rest)
  await withPage({ path: previewPage }, async (opened) => {
    expect(await open(opened)).toContain('There is no picture yet.')
  })
})

test('fits every width with each style of button', async () => {
  const themes: readonly PublicationDocument['theme'][] = [
    draft.theme,
    { style: 'outline', accent: '#0a7d5a', radius_px: 32, size: 'large', shows_thumbnail: true },
    { style: 'text', accent: '#ffe14d', size: 'small', shows_price: true },
  ]
  for (const [number, theme] of themes.entries()) {
    tell({ ...draft, ...(theme ? { theme } : {}), state: number === 2 ? 'ended' : 'open' })
    await withPage({ path: previewPage }, async (opened) => {
      await open(opened)
      await expect.poll(() => opened.evaluate(pictureWidth)).toBeGreaterThan(0)
      expect(await tooWideAt(opened, `preview-${number}`)).toEqual([])
    })
  }
})

test('counts in the minor units of each currency, and in inches where people do', async () => {
  const [first] = draft.offers
  if (!first) throw new Error('The draft has an offer')
  const inCurrency = (amount: number, currency: 'JPY' | 'BHD') => ({ ...first, from: { amount, currency } })
  tell({ ...draft, offers: [inCurrency(1500, 'JPY'), inCurrency(12_500, 'BHD')] })
  await withPage({ path: previewPage, locale: 'en-US' }, async (opened) => {
    const text = await open(opened)
    for (const words of ['¥1,500', 'BHD 12.500', '8.27 in × 11.69 in'])
      expect(text.replaceAll('\u00a0', ' ')).toContain(words)
  })
})

test('says what to do when the link is cut short, leads nowhere, or leads to something else', async () => {
  world.documents.clear()
  world.documents.set(draftPath, { object: 'something else' })
  const said = async (path: string): Promise<string> =>
    withPage({ path }, async (opened) => {
      await opened.locator('#notice:not([data-condition="unknown"]):not([hidden])').waitFor()
      return opened.locator('#notice').innerText()
    })
  const page = documentPaths.page('preview')
  expect(await said(page)).toContain('not complete')
  expect(await said(`${page}#https://elsewhere.example/x.json`)).toContain('not complete')
  expect(await said(`${page}#/public/v1/previews/../catalogue.json`)).toContain('not complete')
  expect(await said(`${page}#%E0%A4%A`)).toContain('not complete')
  expect(await said(previewPage)).toContain('cannot be shown')
  expect(await said(`${page}#${documentPaths.preview(draft.id, 'gone')}`)).toContain('ask for a new one')
  expectFaults('status of 404')
})

test('shows what was saved meanwhile to whoever comes back to it', async () => {
  tell(draft)
  await withPage({ path: previewPage }, async (opened) => {
    await open(opened)
    tell({ ...draft, version: 4, title: 'Harbour Lights, issue 13' })
    await opened.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`)
    await opened.getByText('issue 13').waitFor()
    expect(await textOf(opened)).toContain('Preview of version 4')
    world.documents.clear()
    await opened.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`)
    await opened.getByText('ask for a new one').waitFor()
    expect(await textOf(opened)).not.toContain('Harbour Lights')
  })
  expectFaults('status of 404')
})

test('offline shows what this browser saw last, and says so until it is back', async () => {
  tell(draft)
  await withPage({ path: previewPage }, async (opened, context) => {
    await open(opened)
    await context.setOffline(true)
    await opened.evaluate(`dispatchEvent(new HashChangeEvent('hashchange'))`)
    await opened.getByText('as it was when you looked last').waitFor()
    expect(await open(opened)).toContain('Harbour Lights')
    await context.setOffline(false)
    await opened.locator('#notice').waitFor({ state: 'hidden' })
  })
  expectFaults('ERR_INTERNET_DISCONNECTED')
})

test('the page wrote no error to the console and never broke its policy: nothing comes from anywhere else', () => {
  expect(world.faults).toEqual([])
})
