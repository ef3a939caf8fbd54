import fc from 'fast-check'

/** A schema of the OpenAPI document, read as far as values are made from it. */
export type Schema = Readonly<Record<string, unknown>>
type Random = () => number

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const number = (value: unknown, otherwise: number): number => (typeof value === 'number' ? value : otherwise)

/** Some value that the schema allows, or nearly: formats that no generator knows come out as plain words. */
export function makeValue(schema: Schema, random: Random, depth = 0): unknown {
  if ('const' in schema) return schema.const
  const choices = list(schema.enum)
  if (choices.length > 0) return pick(choices, random)
  const branches = [...list(schema.anyOf), ...list(schema.oneOf)].filter(isSchema)
  if (branches.length > 0) return makeValue(pick(branches, random) ?? {}, random, depth)
  switch (schema.type) {
    case 'object':
      return objectOf(schema, random, depth)
    case 'array':
      return arrayOf(schema, random, depth)
    case 'string':
      return stringOf(schema, random)
    case 'integer':
    case 'number':
      return numberOf(schema, random)
    case 'boolean':
      return random() < 0.5
    case 'null':
      return null
    default:
      return 'anything'
  }
}

export const pick = <T>(values: readonly T[], random: Random): T | undefined =>
  values[Math.floor(random() * values.length)]

function objectOf(schema: Schema, random: Random, depth: number): object {
  const required = new Set(list(schema.required))
  const made: Record<string, unknown> = {}
  for (const [name, property] of Object.entries(isSchema(schema.properties) ? schema.properties : {})) {
    const isWanted = required.has(name) || random() < (depth > 3 ? 0.1 : 0.4)
    if (isWanted && isSchema(property)) made[name] = makeValue(property, random, depth + 1)
  }
  for (const [pattern, property] of Object.entries(
    isSchema(schema.patternProperties) ? schema.patternProperties : {},
  )) {
    if (isSchema(property)) made[matching(pattern, random) ?? 'a'] = makeValue(property, random, depth + 1)
  }
  return made
}

function arrayOf(schema: Schema, random: Random, depth: number): unknown[] {
  const least = number(schema.minItems, 0)
  const length = Math.min(number(schema.maxItems, 3), least + Math.floor(random() * 3))
  const { items } = schema
  return Array.from({ length }, () => (isSchema(items) ? makeValue(items, random, depth + 1) : 1))
}

function stringOf(schema: Schema, random: Random): string {
  if (typeof schema.pattern === 'string') {
    const text = matching(schema.pattern, random)
    if (text !== undefined) return text.slice(0, number(schema.maxLength, text.length))
  }
  if (schema.format === 'email') return 'ada@example.com'
  if (schema.format === 'date-time') return '2030-01-01T00:00:00Z'
  const least = number(schema.minLength, 0)
  return 'word'.padEnd(least, 'x').slice(0, number(schema.maxLength, 4))
}

function numberOf(schema: Schema, random: Random): number {
  const least = number(schema.minimum, 0)
  const most = Math.min(number(schema.maximum, least + 100), least + 100)
  const value = least + random() * (most - least)
  return schema.type === 'integer' ? Math.floor(value) : value
}

const known = new Map<string, fc.Arbitrary<string> | undefined>()

/** A text that the pattern matches; undefined for one that cannot be turned round. */
function matching(pattern: string, random: Random): string | undefined {
  if (!known.has(pattern)) known.set(pattern, turnedRound(pattern))
  const arbitrary = known.get(pattern)
  return arbitrary && fc.sample(arbitrary, { seed: Math.floor(random() * 2 ** 31), numRuns: 1 })[0]
}

function turnedRound(pattern: string): fc.Arbitrary<string> | undefined {
  try {
    const arbitrary = fc.stringMatching(new RegExp(pattern), { size: 'xsmall' })
    fc.sample(arbitrary, 1)
    return arbitrary
  } catch {
    // Not every pattern can be turned round; a plain word is as good a guess.
    return undefined
  }
}
