import type { Basket } from './commands.ts'

const image = { image: 'https://example.com/a.jpg' }
/** Flat and bound, of one facility and of another: some baskets are split. */
const goods = [
  { priced: { sku: 'poster-a3' }, files: image },
  { priced: { sku: 'canvas-20x20' }, files: image },
  { priced: { sku: 'magazine-a5', pages: 16 }, files: { interior: 'https://example.com/a.pdf' } },
  {
    priced: { sku: 'softcover-a5', pages: 120, options: { finish: 'gloss' } },
    files: { interior: 'https://example.com/b.pdf' },
  },
] as const

/** Tax of a member state, a lower one on books, duty that we pay, sales tax of a state. */
const places = [
  { country: 'NL', postal_code: '3511 AA' },
  { country: 'DE', postal_code: '04109' },
  { country: 'IE', postal_code: 'D02 AF30' },
  { country: 'CH', postal_code: '8001' },
  { country: 'NL', postal_code: '1012 AB' },
] as const

const placeOf = (basket: Basket) => places[basket.place % places.length] ?? places[0]
const itemsOf = ({ items }: Basket) =>
  items.map(({ good, quantity }) => ({ ...(goods[good % goods.length] ?? goods[0]), quantity }))

export const quoteBodyOf = (basket: Basket): object => ({
  recipient: placeOf(basket),
  items: itemsOf(basket).map(({ priced, quantity }) => ({ ...priced, quantity })),
})

const headOf = (basket: Basket): object => ({
  recipient: { name: 'Ada Lovelace', address: { line1: 'Street 1', city: 'Town', ...placeOf(basket) } },
  shipping_method: basket.method,
})

export const orderBodyOf = (basket: Basket): object => ({
  ...headOf(basket),
  items: itemsOf(basket).map(({ priced, files, quantity }) => ({ ...priced, quantity, files })),
})

/** The same, and its files come later. */
export const laterBodyOf = (basket: Basket): object => ({
  ...headOf(basket),
  items: itemsOf(basket).map(({ priced, quantity }) => ({ ...priced, quantity, files_later: true })),
})

export const draftBodyOf = (basket: Basket, isWithoutFiles: boolean): object => ({
  ...(isWithoutFiles ? laterBodyOf(basket) : orderBodyOf(basket)),
  draft: true,
})

export const filesOf = (sku: string): object => (goods.find(({ priced }) => priced.sku === sku) ?? goods[0]).files
