import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Static, Type } from 'typebox'
import { parse } from '#contracts/parse.ts'

const Price = Type.Object({
  amount: Type.Number({ minimum: 0 }),
  per: Type.Number({ exclusiveMinimum: 0 }),
  what: Type.String(),
  source: Type.String(),
})

/** Prices of a day, with where they were read. */
export const PriceFile = Type.Object({
  read_on: Type.String({ format: 'date' }),
  currency: Type.String(),
  region: Type.String(),
  prices: Type.Object({
    cdn_requests: Price,
    cdn_functions: Price,
    cdn_bytes: Price,
    invalidations: Price,
    store_reads: Price,
    store_writes: Price,
  }),
})
export type PriceFile = Static<typeof PriceFile>
export type PriceName = keyof PriceFile['prices']

const newest = 'prices-2026.json'

export const readPriceFile = (): PriceFile =>
  parse(newest, PriceFile, JSON.parse(readFileSync(join(import.meta.dirname, newest), 'utf8')))
