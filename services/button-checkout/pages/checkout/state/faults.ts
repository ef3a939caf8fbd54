import type { Words } from '../../words/en.ts'
import { fieldsOf } from '../address/address-rules.ts'
import { type Draft, type FieldName, fieldNames } from './draft.ts'
import type { Refusal } from './requests.ts'

export type Faults = { readonly [key in FieldName | 'country']?: string }

const mail = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

/** What is missing before the address is sent. The server looks again, and at more. */
export function missingIn(draft: Draft, words: Words): Faults {
  const faults: Record<string, string> = {}
  for (const { name, isNeeded } of fieldsOf(draft.country)) {
    const value = draft.fields[name].trim()
    const isMissing = name === 'email' ? !mail.test(value) : isNeeded && value === ''
    if (isMissing) faults[name] = words[missing[name] ?? 'wrong_field']
  }
  return faults
}

const missing: { readonly [key in FieldName]?: keyof Words } = {
  ...{ email: 'missing_email', name: 'missing_name', line1: 'missing_line1', city: 'missing_city' },
  ...{ postal_code: 'missing_postal_code', state: 'missing_state' },
}

/** Where the faults that the server found belong: the last part of a pointer is the name of a field. */
export function faultsOf({ errors }: Refusal, words: Words): Faults {
  const faults: Record<string, string> = {}
  for (const { pointer } of errors) {
    const name = pointer.split('/').at(-1) ?? ''
    const field = [...fieldNames, 'country'].find((each) => each === name)
    if (field !== undefined) faults[field] ??= words.wrong_field
  }
  return faults
}
