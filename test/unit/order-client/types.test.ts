import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { declarations } from '../../../services/order-client/build/declarations.ts'
import { publishedTypes } from '../../../services/order-client/build/published-types.ts'
import { typeText } from '../../../services/order-client/build/type-text.ts'

test('a schema is published as the type that people would write', () => {
  const schema = Type.Object({
    id: Type.String({ description: 'of the thing' }),
    kind: Type.Enum(['a', 'b']),
    'content-type': Type.Optional(Type.Literal(true)),
    sizes: Type.Array(Type.Union([Type.Integer(), Type.Null()])),
    options: Type.Record(Type.String(), Type.Unknown()),
    nested: Type.Array(Type.Object({ x: Type.Number() })),
  })
  expect(typeText(schema, new Map())).toBe(
    [
      '{',
      '  /** of the thing */',
      '  id: string',
      "  kind: 'a' | 'b'",
      "  'content-type'?: true",
      '  sizes: (number | null)[]',
      '  options: Record<string, unknown>',
      '  nested: ({\n    x: number\n  })[]',
      '}',
    ].join('\n'),
  )
  expect(typeText(schema, new Map([[JSON.stringify(schema), 'Thing']]))).toBe('Thing')
  expect(() => typeText({ type: 'file' }, new Map())).toThrow('No TypeScript is known')
})

test('what the client is written against and what is published have the same names', () => {
  const names = Object.keys(publishedTypes)
  const source = readFileSync(join(import.meta.dirname, '../../../services/order-client/contract-types.ts'), 'utf8')
  expect([...source.matchAll(/^export type (\w+)/gm)].map((match) => match[1])).toEqual(names)
  expect([...declarations().matchAll(/^export type (\w+)/gm)].map((match) => match[1])).toEqual(names)
})
