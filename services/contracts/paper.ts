import { type Static, Type } from 'typebox'

/** A paper that a facility has on its shelves: what a spine is measured by. */
export const Paper = Type.Object({
  id: Type.String({ pattern: '^[a-z0-9-]{2,40}$' }),
  title: Type.String(),
  gsm: Type.Number({ exclusiveMinimum: 0, description: 'grams per square metre' }),
  caliperMicrometres: Type.Number({ exclusiveMinimum: 0, description: 'thickness of one leaf' }),
})
export type Paper = Static<typeof Paper>
