import type { Issue } from '../errors.ts'

/** Controls but tab and line breaks, and non-characters: PostgreSQL stores no U+0000, SQS takes no U+FFFE, no printer any. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/

/** Every text in `value`, names of fields included, that no database and no printer can take; `value` matched its schema. */
export function unusableText(value: unknown, pointer = ''): Issue[] {
  if (typeof value === 'string') return isUsable(value) ? [] : [fault(pointer)]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, each]) =>
    isUsable(name)
      ? unusableText(each, `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`)
      : [fault(pointer)],
  )
}

const isUsable = (text: string): boolean => !controls.test(text) && text.isWellFormed()

const fault = (pointer: string): Issue => ({
  pointer,
  detail: 'must be text without control characters and without halves of surrogate pairs',
})
