import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Static, Type } from 'typebox'
import { parse } from '#contracts/parse.ts'

/** What a reader or an edit is charged for. */
export const rateNames = [
  'cloudfront.request',
  'cloudfront.function',
  'cloudfront.out',
  'cloudfront.invalidation',
  's3.get',
  's3.put',
] as const
export type RateName = (typeof rateNames)[number]

const Rate = Type.Object({ usd: Type.Number({ minimum: 0 }), unit: Type.String(), page: Type.String() })

/** Of infra's price file, the rates that reads and edits are charged by. */
export const PriceFile = Type.Object({
  region: Type.String(),
  dated: Type.String({ format: 'date' }),
  rates: Type.Object({
    'cloudfront.request': Rate,
    'cloudfront.function': Rate,
    'cloudfront.out': Rate,
    'cloudfront.invalidation': Rate,
    's3.get': Rate,
    's3.put': Rate,
  } satisfies Record<RateName, typeof Rate>),
})
export type PriceFile = Static<typeof PriceFile>

/** The file that the bill of the whole platform is made from: two files would soon say two prices. */
const path = join(import.meta.dirname, '..', '..', 'infra', 'prices', 'eu-central-1.json')

export const readPriceFile = (): PriceFile => parse('price file', PriceFile, JSON.parse(readFileSync(path, 'utf8')))
