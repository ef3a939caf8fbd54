import { type Static, Type } from 'typebox'
import { findingCodes } from './finding-codes.ts'
import { Box } from './geometry/box.ts'

const codes = [...findingCodes.fixed, ...findingCodes.warn, ...findingCodes.reject] as const

/** One thing that preflight saw: where, what was found, what was wanted, why it matters, what was done or what to do. */
export const Finding = Type.Object({
  code: Type.Enum(codes),
  severity: Type.Enum(['fixed', 'warn', 'reject']),
  file: Type.Optional(Type.String({ description: 'role of the source: interior, cover, image, images/3' })),
  page: Type.Optional(Type.Integer({ minimum: 1, description: 'page of the source file, from 1' })),
  where: Type.Optional(Box),
  found: Type.String({ maxLength: 300 }),
  wanted: Type.String({ maxLength: 300 }),
  why: Type.String({ maxLength: 300 }),
  action: Type.String({ maxLength: 300, description: 'what was done, or what to do' }),
})
export type Finding = Static<typeof Finding>
