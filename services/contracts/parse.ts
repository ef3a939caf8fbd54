import type { Static, TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { type Fault, meaningOf, meantFaults } from './meant-faults.ts'

/** One fault: JSON pointer into the value, and words that say what was expected and what was found. */
export type Issue = { readonly pointer: string; readonly detail: string }

/** A value that crossed a border and is not what the contract says. Carries every fault. */
export class ContractError extends Error {
  override name = 'ContractError'
  readonly contract: string
  readonly issues: readonly Issue[]

  constructor(contract: string, issues: readonly Issue[]) {
    super(`${contract}: ${issues.map((issue) => `${issue.pointer || '/'} ${issue.detail}`).join('; ')}`)
    this.contract = contract
    this.issues = issues
  }
}

/** The typed value, or ContractError. Call it on everything that arrives from another process. */
export function parse<S extends TSchema>(contract: string, schema: S, value: unknown): Static<S> {
  if (matches(schema, value)) return value
  throw new ContractError(contract, issuesOf(schema, value))
}

/** The faults of `value`, with what is allowed in their place: the first eight or so of many. Empty when it conforms, and only then. */
export function issuesOf(schema: TSchema, value: unknown): Issue[] {
  const issues = new Map<string, Issue>()
  const { faults, schema: meant } = meantFaults(schema, value)
  for (const fault of faults) {
    for (const issue of explain(fault, value, meant)) {
      // The first fault of a place is the nearest to its cause; unions report every branch after it.
      if (!issues.has(issue.pointer)) issues.set(issue.pointer, issue)
    }
  }
  return [...issues.values()]
}

/** Compiled once a schema: everything that arrives anywhere goes through here. */
const checks = new WeakMap<object, (value: unknown) => boolean>()

export function matches<S extends TSchema>(schema: S, value: unknown): value is Static<S> {
  let check = checks.get(schema)
  if (!check) {
    const compiled = Compile(schema)
    check = (candidate) => compiled.Check(candidate)
    checks.set(schema, check)
  }
  return check(value)
}

const unknownField = 'is not a known field here; remove it or correct its name'

function explain(fault: Fault, root: unknown, schema: TSchema): Issue[] {
  const at = fault.instancePath
  if (fault.keyword === 'required') {
    return fault.params.requiredProperties.map((name) => ({
      pointer: `${at}/${escapePointer(name)}`,
      detail: 'is required',
    }))
  }
  // TypeBox reports an unknown field twice and stops after eight faults: whichever of the two came names it.
  if (fault.keyword === 'boolean') return [{ pointer: at, detail: misnamed(fault, schema) }]
  if (fault.keyword === 'additionalProperties') {
    return fault.params.additionalProperties.map((name) => ({
      pointer: `${at}/${escapePointer(name)}`,
      detail: misnamed(fault, schema),
    }))
  }
  if (fault.keyword === 'anyOf') return explainUnion(fault, root, schema)
  return [{ pointer: at, detail: `${wording(fault, schema)}; found ${shown(valueAt(root, at))}` }]
}

/** Where names are anybody's choice, such as languages, the schema says in words which may be chosen. */
function misnamed({ schemaPath }: Fault, schema: TSchema): string {
  const holder = valueAt(schema, schemaPath.replace(/^#/, '').replace(/\/additionalProperties$/, ''))
  if (typeof holder !== 'object' || holder === null || !('patternProperties' in holder)) return unknownField
  const words = 'description' in holder ? holder.description : undefined
  return typeof words === 'string' ? `is not a name that may stand here: ${words}` : unknownField
}

/** Of a union whose branches are told apart by a field, that field is at fault. */
function explainUnion(fault: Fault, root: unknown, schema: TSchema): Issue[] {
  const value = valueAt(root, fault.instancePath)
  const branches = valueAt(schema, `${fault.schemaPath.replace(/^#/, '')}/anyOf`)
  const meaning = meaningOf(Array.isArray(branches) ? branches : [], value)
  if (meaning.kind !== 'unknown_tag') {
    return [{ pointer: fault.instancePath, detail: `${wording(fault, schema)}; found ${shown(value)}` }]
  }
  const found = shown(valueAt(value, `/${escapePointer(meaning.name)}`))
  const detail = `must be one of ${meaning.allowed.map(shown).join(', ')}; found ${found}`
  return [{ pointer: `${fault.instancePath}/${escapePointer(meaning.name)}`, detail }]
}

function wording(fault: Fault, schema: TSchema): string {
  if (fault.keyword === 'enum') return `must be one of ${fault.params.allowedValues.map(shown).join(', ')}`
  if (fault.keyword === 'const') return `must be ${shown(fault.params.allowedValue)}`
  if (fault.keyword === 'pattern') return `must ${described(fault, schema) ?? `match ${fault.params.pattern}`}`
  if (fault.keyword === 'format' || fault.keyword === 'anyOf') {
    const words = described(fault, schema)
    if (words !== undefined) return `must ${words}`
  }
  return fault.message
}

/** A pattern is for machines: where its schema says in words what it wants, those are said. */
function described({ schemaPath }: Fault, schema: TSchema): string | undefined {
  const found = valueAt(schema, schemaPath.replace(/^#/, ''))
  const words = typeof found === 'object' && found !== null && 'description' in found ? found.description : undefined
  return typeof words === 'string' ? `be ${words}` : undefined
}

/** Lists and objects are only named: a hostile one may be nested deeper than JSON.stringify can follow. */
function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value === 'object' && value !== null) return 'an object'
  const text = JSON.stringify(value)
  return text.length > 80 ? `${text.slice(0, 77)}...` : text
}

function valueAt(root: unknown, pointer: string): unknown {
  let value = root
  for (const step of pointer.split('/').slice(1)) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof value !== 'object' || value === null) return undefined
    value = Object.getOwnPropertyDescriptor(value, name)?.value
  }
  return value
}

function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}
