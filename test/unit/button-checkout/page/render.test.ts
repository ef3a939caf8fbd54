import { expect, test } from 'vitest'
import { languages } from '#look/words.ts'
import { renderCheckoutPage, renderMessagePage } from '../../../../services/button-checkout/pages/render.ts'
import { artPrint, magazine, toCome } from '../../../loopback/button-checkout/page/shops.ts'

const assets = { 'page.css': '/checkout/assets/page.css', 'checkout.js': '/checkout/assets/checkout.js' }
const bare = (html: string): string => html.slice(0, html.indexOf('<script type="application/json"'))
const page = (shop: Parameters<typeof renderCheckoutPage>[0]['shop'], language: string = 'en'): string =>
  renderCheckoutPage({ shop, view: undefined, language, assets })

test('every sale is drawn in every language without a number or a word that is none, and without anything inline', () => {
  const album = toCome()
  const { thumbnail: _none, ...publication } = album.publication
  for (const language of languages) {
    for (const shop of [magazine(), artPrint(), album, { ...album, publication }]) {
      const html = bare(page(shop, language))
      expect(html).not.toMatch(/NaN|Infinity|undefined|\[object|\{\w+\}/)
      expect(html).not.toMatch(/ style=| on[a-z]+="|<script(?! type="module")/)
    }
  }
})

test('a sale that is not open says why, and where all products are refused each says why', () => {
  expect(page({ ...magazine(), state: 'ended' })).toContain('No longer on sale')
  const offers = magazine().offers.map((offer) => ({ ...offer, closed: 'rejected' as const }))
  expect(page({ ...magazine(), state: 'closed', offers })).toContain('The number of pages does not fit this product.')
})

test('every message is a whole page without a script', () => {
  const html = renderMessagePage({ kind: 'offline', language: 'de-AT', assets, path: '/checkout' })
  expect(html).toContain('<html lang="de-AT" dir="ltr">')
  expect(html).not.toContain('<script')
})
