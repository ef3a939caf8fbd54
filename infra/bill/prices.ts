import { readFileSync } from 'node:fs'
import { type Static, Type } from 'typebox'
import { parse } from '#contracts/parse.ts'

const strict = { additionalProperties: false } as const
const Rate = Type.Object(
  {
    usd: Type.Number({ minimum: 0 }),
    unit: Type.String(),
    page: Type.String({ description: 'where it stands' }),
    isFromMemory: Type.Optional(Type.Literal(true)),
  },
  strict,
)

/** A dated price file: what things cost in a region, where that stands, and when somebody looked. */
export const PriceFile = Type.Object(
  {
    region: Type.String(),
    currency: Type.Literal('USD'),
    dated: Type.String({ format: 'date' }),
    source: Type.String(),
    rates: Type.Record(Type.String(), Rate),
  },
  strict,
)
export type PriceFile = Static<typeof PriceFile>

export function readPrices(region: string): PriceFile {
  const path = new URL(`../prices/${region}.json`, import.meta.url)
  return parse(`prices of ${region}`, PriceFile, JSON.parse(readFileSync(path, 'utf8')))
}
