import { type Static, Type } from 'typebox'

const strict = { additionalProperties: false } as const

export const conditions = ['working', 'degraded', 'down', 'unknown'] as const
export type Condition = (typeof conditions)[number]

const Part = Type.Object(
  {
    name: Type.String({
      description: 'what it is to those who use it: orders, processing, delivery, documents, checkout',
    }),
    condition: Type.Enum(conditions),
    detail: Type.Optional(Type.String({ description: 'one sentence for people' })),
  },
  strict,
)

/**
 * /status.json, written by the platform, status/checkout.json, written by the checkout, and status/probe.json, written from outside: the same
 * shape, so that one page shows all.
 */
export const StatusDocument = Type.Object(
  {
    object: Type.Literal('status'),
    written_by: Type.Enum(['platform', 'checkout', 'probe']),
    at: Type.String({ format: 'date-time' }),
    next_at: Type.String({
      format: 'date-time',
      description: 'when it is older than this, whoever wrote it is not well',
    }),
    condition: Type.Enum(conditions, { description: 'of the worst part' }),
    parts: Type.Array(Part),
  },
  strict,
)
export type StatusDocument = Static<typeof StatusDocument>
