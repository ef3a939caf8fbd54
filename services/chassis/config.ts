import type { Static, TObject, TProperties } from 'typebox'
import { Errors } from 'typebox/value'

type Environment = Readonly<Record<string, string | undefined>>

/** Every fault of an environment at once, so that one restart is enough to mend them all. */
export class ConfigError extends Error {
  override name = 'ConfigError'
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(`The environment is not usable:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`)
    this.faults = faults
  }
}

/**
 * Reads the variables that `schema` names; the only place that touches `process.env`.
 * Strings are read as the schema's type (integer, number, boolean "true"/"false"); an empty value counts as absent.
 * Throws ConfigError with all faults.
 */
export function readConfig<P extends TProperties>(
  schema: TObject<P>,
  environment: Environment = process.env,
): Static<TObject<P>> {
  const read: Record<string, unknown> = {}
  const faults: string[] = []
  const required: readonly unknown[] = Array.isArray(schema.required) ? schema.required : []
  for (const [name, property] of Object.entries(schema.properties)) {
    const text = environment[name]
    const value = text === undefined || text === '' ? defaultOf(property) : typed(text, property)
    if (value === undefined) {
      if (required.includes(name)) faults.push(`${name} is missing (${describe(property)})`)
      continue
    }
    const wrong = Errors(property, value)[0]
    if (wrong) faults.push(`${name} is ${JSON.stringify(text)}: ${wrong.message} (${describe(property)})`)
    read[name] = value
  }
  if (faults.length > 0) throw new ConfigError(faults)
  if (!conforms(schema, read)) throw new ConfigError(Errors(schema, read).map((error) => error.message))
  return read
}

function conforms<P extends TProperties>(schema: TObject<P>, value: unknown): value is Static<TObject<P>> {
  return Errors(schema, value).length === 0
}

function typed(text: string, property: object): unknown {
  const type = 'type' in property ? property.type : undefined
  if (type === 'integer' || type === 'number') return Number.isNaN(Number(text)) ? text : Number(text)
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text
  return text
}

function defaultOf(property: object): unknown {
  return 'default' in property ? property.default : undefined
}

function describe(property: object): string {
  return 'description' in property && typeof property.description === 'string' ? property.description : 'no description'
}

/** The environment that a program of somebody else's inherits: ours without what begins with one of these, such as credentials. */
export function environmentWithout(
  beginnings: readonly string[],
  environment: Environment = process.env,
): Readonly<Record<string, string>> {
  const left = Object.entries(environment).flatMap(([name, value]): (readonly [string, string])[] =>
    value === undefined || beginnings.some((each) => name.toUpperCase().startsWith(each)) ? [] : [[name, value]],
  )
  return Object.fromEntries(left)
}
