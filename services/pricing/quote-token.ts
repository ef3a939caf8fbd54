import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { type Static, Type } from 'typebox'
import type { Keyring } from '#chassis/keyring.ts'
import { Currency } from '#contracts/money.ts'
import { Charges, shippingMethods } from '#contracts/order-api/charges.ts'
import { matches } from '#contracts/parse.ts'

/** All that a quote is: nothing of it is stored, so that quotes work without the database and cost it nothing. */
const QuoteContent = Type.Object({
  version: Type.Literal(1),
  accountId: Type.String(),
  isTest: Type.Boolean(),
  expiresAt: Type.String(),
  currency: Currency,
  country: Type.String(),
  jurisdiction: Type.String(),
  items: Type.Array(
    Type.Object({
      sku: Type.String(),
      quantity: Type.Integer(),
      pages: Type.Optional(Type.Integer()),
      options: Type.Record(Type.String(), Type.String()),
    }),
  ),
  options: Type.Array(Type.Object({ method: Type.Enum(shippingMethods), charges: Charges })),
})
export type QuoteContent = Static<typeof QuoteContent>

const purpose = 'quote'
const form = /^quo_([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]{43})$/
/** Far above any quote of 50 items; what is larger was not made by us. */
const mostBytes = 1_000_000

/** The quote's id: its content, deflated, and a signature over that. */
export function quoteIdOf(keyring: Keyring, content: QuoteContent): string {
  const packed = deflateRawSync(JSON.stringify(content)).toString('base64url')
  return `quo_${packed}.${keyring.sign(purpose, packed)}`
}

/** What was quoted; undefined when the id was not made by this platform. Nothing is unpacked before its signature was seen to be ours. */
export function readQuoteId(keyring: Keyring, id: string): QuoteContent | undefined {
  const [, packed, signature] = form.exec(id) ?? []
  if (packed === undefined || signature === undefined || !keyring.isSigned(purpose, packed, signature)) return undefined
  const text = inflateRawSync(Buffer.from(packed, 'base64url'), { maxOutputLength: mostBytes }).toString('utf8')
  const content: unknown = JSON.parse(text)
  return matches(QuoteContent, content) ? content : undefined
}
