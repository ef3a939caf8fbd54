import type { PublicationDocument } from '../../order-client/contract-types.ts'
import type { Wish } from './wish.ts'
import { words } from './words.ts'

/** What there is to be read on a button; the note is the price, or why it cannot be bought. */
export type Facts = readonly [text: string, title: string, note: string, isClosed: boolean]
type Known = Pick<PublicationDocument, 'title' | 'texts' | 'valid_from' | 'valid_until' | 'offers'>

/** Of a publication that was read, or of nothing, in the language and for the product that are wished for. */
export function factsOf(document: Known = { title: '', offers: [] }, wish: Wish): Facts {
  const { lang } = wish
  const short = lang.slice(0, 2)
  const [print, from, ended] = words[short] || words.en
  const own = document.texts?.[lang] || document.texts?.[short]
  const opens = new Date(`${document.valid_from}`)
  const now = new Date()
  // Not the document's own state: it was rendered some time ago, and what begins or ends meanwhile does so without a new one.
  const isUpcoming = opens > now
  const isEnded = new Date(`${document.valid_until}`) < now
  const when = isUpcoming ? opens.toLocaleDateString(lang) : priceOf(document, wish)
  const note = isEnded ? ended : when && from.replace('%', when)
  return [own?.button || print, wish.title || own?.title || document.title, note, isUpcoming || isEnded]
}

/** The least of all offers, or that of the product that the page names; with tax where it is known. */
function priceOf({ offers }: Known, { lang, sku: wanted }: Wish): string {
  const froms = offers.flatMap(({ from, sku }) => (from && (!wanted || sku === wanted) ? from : []))
  if (!froms[0]) return ''
  const format = new Intl.NumberFormat(lang, { style: 'currency', currency: froms[0].currency })
  const least = Math.min(...froms.map(({ gross, amount }) => gross || amount))
  return format.format(least / 10 ** (format.resolvedOptions().maximumFractionDigits || 0))
}
