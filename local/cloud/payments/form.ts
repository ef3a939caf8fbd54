import { invalid } from './stripe-fault.ts'

/** A form as Stripe reads it: flat names with brackets, such as `line_items[0][quantity]`. */
export type Form = {
  readonly text: (name: string) => string
  readonly optional: (name: string) => string | null
  readonly integer: (name: string) => number
  /** `metadata[checkout]=…` under `metadata`. */
  readonly metadata: (name: string) => Record<string, string>
}

/** Throws the fault that Stripe has for a parameter which is unknown, missing or no number. */
export function readForm(fields: URLSearchParams, known: readonly RegExp[]): Form {
  for (const name of fields.keys()) {
    if (!known.some((pattern) => pattern.test(name)))
      throw invalid(`Received unknown parameter: ${name}`, name, 'parameter_unknown')
  }
  const text = (name: string): string => {
    const value = fields.get(name)
    if (value === null || value === '') throw invalid(`Missing required param: ${name}.`, name, 'parameter_missing')
    return value
  }
  return {
    text,
    optional: (name) => fields.get(name),
    integer: (name) => {
      const value = text(name)
      if (!/^-?\d{1,15}$/.test(value)) throw invalid(`Invalid integer: ${value}`, name, 'parameter_invalid_integer')
      return Number(value)
    },
    metadata: (name) => {
      const found: Record<string, string> = {}
      for (const [key, value] of fields) {
        if (key.startsWith(`${name}[`) && key.endsWith(']')) found[key.slice(name.length + 1, -1)] = value
      }
      return found
    },
  }
}
