import { type Static, Type } from 'typebox'
import { Id } from '#contracts/ids.ts'

/** What a person decides about a job that waits: hand it over after all, give it up, make it, or leave it to others. */
export const decisions = ['release', 'drop', 'accept', 'reject'] as const

/** A decision that the terminal leaves for the client. */
export const Command = Type.Object(
  {
    command: Type.Enum(decisions),
    jobId: Id('job'),
    /** Why it is rejected. */
    cause: Type.Optional(Type.String({ minLength: 1, maxLength: 300 })),
    by: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
  },
  { additionalProperties: false },
)
export type Command = Static<typeof Command>
