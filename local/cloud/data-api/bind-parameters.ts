import { Buffer } from 'node:buffer'
import type { SqlParameter } from './requests.ts'
import { ServiceError } from './service-error.ts'

/** A value in PostgreSQL's text form and the type it is sent as (0: PostgreSQL infers it). */
export type Bound = { readonly value: string | null; readonly type: number }

const types = { bool: 16, bytea: 17, int8: 20, text: 25, float8: 701 } as const

/** What a type hint makes of a string; dates and times must have the form that the Data API documents. */
const hints = {
  DATE: { type: 1082, form: /^\d{4}-\d\d-\d\d$/ },
  TIME: { type: 1083, form: /^\d\d:\d\d:\d\d(\.\d+)?$/ },
  TIMESTAMP: { type: 1114, form: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?$/ },
  DECIMAL: { type: 1700, form: /^/ },
  JSON: { type: 114, form: /^/ },
  UUID: { type: 2950, form: /^/ },
} as const

/**
 * The values for `names`, in their order. A string is sent as text, as Aurora does: without a cast PostgreSQL then refuses
 * it for a uuid, jsonb or timestamptz column. A parameter that the statement does not use is ignored.
 * Throws BadRequestException for a missing one, ValidationException for an array.
 */
export function bindParameters(names: readonly string[], parameters: readonly SqlParameter[]): Bound[] {
  const byName = new Map(parameters.map((parameter) => [parameter.name, parameter]))
  return names.map((name) => {
    const parameter = byName.get(name)
    if (!parameter) throw new ServiceError('BadRequestException', `Cannot find parameter: ${name}`)
    return bind(parameter)
  })
}

function bind({ name, value, typeHint }: SqlParameter): Bound {
  if (value.arrayValue !== undefined)
    throw new ServiceError('ValidationException', 'Array parameters are not supported.')
  if (value.isNull === true) return { value: null, type: typeHint ? hints[typeHint].type : 0 }
  if (value.stringValue !== undefined) return bindString(name, value.stringValue, typeHint)
  if (value.longValue !== undefined) return { value: String(value.longValue), type: types.int8 }
  if (value.doubleValue !== undefined) return { value: String(value.doubleValue), type: types.float8 }
  if (value.booleanValue !== undefined) return { value: value.booleanValue ? 't' : 'f', type: types.bool }
  if (value.blobValue !== undefined)
    return { value: `\\x${Buffer.from(value.blobValue, 'base64').toString('hex')}`, type: types.bytea }
  throw new ServiceError('BadRequestException', `Parameter "${name}" has value with no field set`)
}

function bindString(name: string, value: string, typeHint: SqlParameter['typeHint']): Bound {
  if (!typeHint) return { value, type: types.text }
  const { type, form } = hints[typeHint]
  if (!form.test(value))
    throw new ServiceError('BadRequestException', `Parameter "${name}" is not in the format of a ${typeHint}`)
  return { value, type }
}
