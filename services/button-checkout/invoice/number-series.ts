import { type Static, Type } from 'typebox'

/**
 * A row of numbers without gaps: those of one seller, one year, one kind. `pending` is given to somebody and perhaps not written down there yet;
 * whoever comes next finishes that first.
 */
export const NumberSeries = Type.Object({
  last: Type.Integer({ minimum: 0, description: 'the highest number that is surely in use' }),
  pending: Type.Optional(
    Type.Object({
      number: Type.Integer({ minimum: 1 }),
      checkoutId: Type.String(),
      slot: Type.String({ description: 'invoice, or the key of the refund that the credit note is for' }),
    }),
  ),
})
export type NumberSeries = Static<typeof NumberSeries>
