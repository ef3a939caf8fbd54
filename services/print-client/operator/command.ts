import { type Static, Type } from 'typebox'
import { Id } from '#contracts/ids.ts'

/** What a person decides about a job that waits: hand it over after all, or give it up. */
export const Command = Type.Object(
  { command: Type.Enum(['release', 'drop']), jobId: Id('job') },
  { additionalProperties: false },
)
export type Command = Static<typeof Command>
