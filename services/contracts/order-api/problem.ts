import { type Static, Type } from 'typebox'

/** RFC 9457 problem details, with our stable `code` and a pointer for each fault. */
export const Problem = Type.Object({
  type: Type.String({ description: 'address of the code in docs/errors.md' }),
  title: Type.String(),
  status: Type.Integer(),
  code: Type.String({ description: 'stable word to decide by' }),
  detail: Type.String({ description: 'what was wrong this time and what to do' }),
  request_id: Type.String(),
  retryable: Type.Boolean({ description: 'whether the same request may succeed later' }),
  errors: Type.Optional(
    Type.Array(
      Type.Object({ pointer: Type.String({ description: 'JSON pointer into the request' }), detail: Type.String() }),
    ),
  ),
})
export type Problem = Static<typeof Problem>

/** A short-lived link to a stored file. */
export const Link = Type.Object(
  {
    url: Type.String(),
    expires_at: Type.String(),
    content_type: Type.String(),
    component: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
)
