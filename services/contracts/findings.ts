import { type Static, Type } from 'typebox'
import { findingCodes } from './finding-codes.ts'
import { Box } from './geometry/box.ts'
import { components } from './geometry/component.ts'

const codes = [...findingCodes.fixed, ...findingCodes.warn, ...findingCodes.reject] as const

/** Where in the print files something is seen; of very many pages, the first. */
const PrintedOn = Type.Object({
  component: Type.Enum(components),
  pages: Type.Array(Type.Integer({ minimum: 1 }), { minItems: 1, maxItems: 50 }),
})

/** One thing that preflight saw: where, what was found, what was wanted, why it matters, what was done or what to do. */
export const Finding = Type.Object({
  code: Type.Enum(codes),
  severity: Type.Enum(['fixed', 'warn', 'reject']),
  file: Type.Optional(Type.String({ description: 'role of the source: interior, cover, image, images/3' })),
  page: Type.Optional(Type.Integer({ minimum: 1, description: 'page of the source file, from 1' })),
  printedOn: Type.Optional(PrintedOn),
  where: Type.Optional(Box),
  found: Type.String({ maxLength: 300 }),
  wanted: Type.String({ maxLength: 300 }),
  why: Type.String({ maxLength: 300 }),
  action: Type.String({ maxLength: 300, description: 'what was done, or what to do' }),
})
export type Finding = Static<typeof Finding>
