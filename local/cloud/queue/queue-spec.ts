import { type Static, Type } from 'typebox'

/** One queue, as its reader orders it; its dead letters go to `<name>-dead`. */
export const queueSpec = Type.Object(
  {
    name: Type.String({ pattern: '^[A-Za-z0-9_-]{1,75}$' }),
    visibilitySeconds: Type.Integer({ minimum: 0, maximum: 43_200 }),
    // An interrupted reader counts as a receive: with fewer, good messages would die.
    maxReceives: Type.Integer({ minimum: 10, maximum: 1000 }),
  },
  { additionalProperties: false },
)

export type QueueSpec = Readonly<Static<typeof queueSpec>>
