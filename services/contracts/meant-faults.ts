import type { TSchema } from 'typebox'
import { Errors } from 'typebox/value'

export type Fault = ReturnType<typeof Errors>[number]

/** Which branch of a union a value means; or that its tag, such as `kind`, is none of those that there are. */
export type Meaning =
  | { readonly kind: 'branch'; readonly index: number }
  | { readonly kind: 'unknown_tag'; readonly name: string; readonly allowed: readonly unknown[] }
  | { readonly kind: 'unclear' }

/** Faults, and the schema that their paths lead into. */
type MeantFaults = { readonly faults: readonly Fault[]; readonly schema: TSchema }

/** Without the faults that a value has in branches of a union that it does not mean: to those who wrote it they are riddles. */
export function meantFaults(schema: TSchema, root: unknown): MeantFaults {
  const all = Errors(schema, root)
  const faults = all.filter((fault) => isMeant(fault, schema, root))
  if (faults.length > 0) return { faults, schema }
  // The checker gives up after some faults, which may all have been of other branches.
  const near = meantSchema(schema, root)
  const nearFaults = Errors(near, root).filter((fault) => isMeant(fault, near, root))
  return nearFaults.length > 0 ? { faults: nearFaults, schema: near } : { faults: all, schema }
}

/** The schema with the branch that the value means in place of each union, as deep as fields go. */
function meantSchema(schema: TSchema, value: unknown): TSchema {
  const branches = listOf(field(schema, 'anyOf'))
  if (branches.length > 0) {
    const meaning = meaningOf(branches, value)
    const branch = meaning.kind === 'branch' ? branches[meaning.index] : undefined
    return isObject(branch) ? meantSchema(branch, value) : schema
  }
  const properties = field(schema, 'properties')
  if (!isObject(properties)) return schema
  const meant = Object.entries(properties).map(([name, each]) => [name, meantSchema(each, field(value, name))])
  return { ...schema, properties: Object.fromEntries(meant) }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

/** What a value means by its tag, by the one kind of value that fits, or by the names of its fields. */
export function meaningOf(branches: readonly unknown[], value: unknown): Meaning {
  const fitting = branches.flatMap((branch, index) => (isOfType(branch, value) ? [{ index, branch }] : []))
  const tag = fitting.length > 1 ? tagOf(fitting.map(({ branch }) => branch)) : undefined
  if (tag) {
    const chosen = fitting.find((_, place) => tag.allowed[place] === field(value, tag.name))
    return chosen ? { kind: 'branch', index: chosen.index } : { kind: 'unknown_tag', ...tag }
  }
  const named = fitting.length > 1 ? fitting.filter(({ branch }) => sharesField(branch, value)) : fitting
  const [only, ...others] = named
  return only && others.length === 0 ? { kind: 'branch', index: only.index } : { kind: 'unclear' }
}

function isMeant({ schemaPath, instancePath, keyword }: Fault, schema: unknown, root: unknown): boolean {
  const steps = stepsOf(schemaPath)
  const places = stepsOf(instancePath)
  let node = schema
  let value = root
  for (let at = 0; at < steps.length; at += 1) {
    const step = steps[at] ?? ''
    if (step === 'anyOf') {
      const meaning = meaningOf(listOf(field(node, 'anyOf')), value)
      if (meaning.kind === 'unknown_tag') return false
      if (meaning.kind === 'branch' && meaning.index !== Number(steps[at + 1])) return false
    }
    if (goesDeeper(step, steps[at - 1])) value = field(value, places.shift() ?? '')
    node = field(node, step)
  }
  return keyword !== 'anyOf' || meaningOf(listOf(field(node, 'anyOf')), value).kind !== 'branch'
}

/** A name below `properties`, a pattern below `patternProperties`, and `items` are each one step into the value. */
const goesDeeper = (step: string, before: string | undefined): boolean =>
  before === 'properties' || before === 'patternProperties' || step === 'items'

const typeNames = { null: 'null', boolean: 'boolean', string: 'string', number: 'number', integer: 'number' } as const

function isOfType(branch: unknown, value: unknown): boolean {
  const type = field(branch, 'type')
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value)
  if (type === 'array') return Array.isArray(value)
  const name = Object.entries(typeNames).find(([each]) => each === type)?.[1]
  if (name === undefined) return true
  return name === 'null' ? value === null : typeof value === name
}

/** The field that has another constant in each branch. */
function tagOf(
  branches: readonly unknown[],
): { readonly name: string; readonly allowed: readonly unknown[] } | undefined {
  const [first] = branches
  for (const name of Object.keys(Object(field(first, 'properties')))) {
    const allowed = branches.map((branch) => field(field(field(branch, 'properties'), name), 'const'))
    if (!allowed.includes(undefined) && new Set(allowed).size === allowed.length) return { name, allowed }
  }
  return undefined
}

const sharesField = (branch: unknown, value: unknown): boolean =>
  Object.keys(Object(value)).some((name) => field(field(branch, 'properties'), name) !== undefined)

const stepsOf = (path: string): string[] =>
  path
    .replace(/^#/, '')
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined
