import { type Static, Type } from 'typebox'
import { Id } from '../ids.ts'
import { Tracking } from './facility-status.ts'

/** What a shop's own system may say of a job; `accepted` and `held` are the print client's to say. */
export const shopStatuses = [
  'printing',
  'printed',
  'packed',
  'shipped',
  'delivered',
  'delayed',
  'failed',
  'cancelled',
  'lost',
] as const

/** A file in the status folder, shop's system → print client. Unknown fields are refused, so that a typing error shows. */
export const ShopStatus = Type.Object(
  {
    jobId: Id('job'),
    status: Type.Enum(shopStatuses),
    cause: Type.Optional(Type.String({ minLength: 1, maxLength: 300 })),
    quantity: Type.Optional(Type.Integer({ minimum: 1, description: 'copies printed or packed so far, in all' })),
    tracking: Type.Optional(Type.Object(Tracking.properties, { additionalProperties: false })),
    expectedAt: Type.Optional(Type.String({ format: 'date-time' })),
    at: Type.Optional(Type.String({ format: 'date-time' })),
  },
  { additionalProperties: false },
)
export type ShopStatus = Static<typeof ShopStatus>
