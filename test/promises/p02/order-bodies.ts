import fc from 'fast-check'

/** Letters that people write, line breaks included: whatever the body, it is one order. */
const words = (maxLength: number) =>
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength })
    .map((text) =>
      text
        .normalize('NFC')
        .replace(/[\p{C}]/gu, 'x')
        .slice(0, maxLength),
    )
    .filter((text) => text.isWellFormed())

const poster = fc.record(
  {
    sku: fc.constant('poster-a3'),
    quantity: fc.integer({ min: 1, max: 10_000 }),
    files: fc.webPath().map((path) => ({ image: `https://example.com/a${path.slice(0, 200)}` })),
    options: fc.constantFrom({ finish: 'satin' }, {}),
  },
  { requiredKeys: ['sku', 'quantity', 'files'] },
)
const book = fc.record({
  sku: fc.constant('softcover-a5'),
  quantity: fc.integer({ min: 1, max: 500 }),
  pages: fc.constantFrom(48, 120, 300),
  title: words(60),
  files: fc.constant({ interior: 'https://example.com/book.pdf' }),
})

/** No names that would reach into every object: JSON with those is refused. */
const metadataName = fc
  .string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 10 })
  .filter((name) => !['__proto__', 'constructor'].includes(name))

/** Orders as different as callers are; each seed gives the same ones. */
export const orderBodies = (seed: number, count: number): readonly object[] =>
  fc.sample(
    fc.record(
      {
        recipient: fc.record({
          name: words(60),
          address: fc.record({
            line1: words(60),
            city: words(40),
            postal_code: fc.constantFrom('3511 AA', '10115', '75001'),
            country: fc.constantFrom('NL', 'DE', 'FR'),
          }),
        }),
        shipping_method: fc.constantFrom('standard', 'express'),
        items: fc.array(fc.oneof(poster, book), { minLength: 1, maxLength: 4 }),
        metadata: fc.dictionary(metadataName, words(50), {
          maxKeys: 5,
          noNullPrototype: true,
        }),
        on_rejected_files: fc.constantFrom('reject', 'wait'),
      },
      { requiredKeys: ['recipient', 'shipping_method', 'items'] },
    ),
    { seed, numRuns: count },
  )
