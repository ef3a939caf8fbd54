import { type Static, Type } from 'typebox'

const Media = Type.Object({
  schema: Type.Optional(Type.Unknown()),
  example: Type.Optional(Type.Unknown()),
  examples: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
})
const Content = Type.Record(Type.String(), Media)
const Response = Type.Object({ description: Type.String(), content: Type.Optional(Content) })
const Parameter = Type.Object({
  name: Type.String(),
  in: Type.String(),
  example: Type.Optional(Type.Unknown()),
  schema: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
})

/** As much of an operation as is written here; all else of it stays as it is. */
export const Operation = Type.Object({
  tags: Type.Optional(Type.Array(Type.String())),
  summary: Type.Optional(Type.String()),
  description: Type.Optional(Type.String()),
  operationId: Type.Optional(Type.String()),
  security: Type.Optional(Type.Array(Type.Object({ apiKey: Type.Optional(Type.Array(Type.String())) }))),
  parameters: Type.Optional(Type.Array(Parameter)),
  requestBody: Type.Optional(Type.Object({ content: Content })),
  responses: Type.Record(Type.String(), Response),
})
export type Operation = Static<typeof Operation>

/** The document as @fastify/swagger makes it. */
export const OpenApi = Type.Object({
  openapi: Type.String(),
  paths: Type.Record(Type.String(), Type.Record(Type.String(), Operation)),
})
export type OpenApi = Static<typeof OpenApi>
