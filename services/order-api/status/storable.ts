// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const unstorable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g

/**
 * The same message with U+FFFD for what PostgreSQL refuses in text. Words from a file or from a shop reach us this way, and a
 * message that can never be stored would leave its order where it is for ever.
 */
export function storable(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value)
  if (Array.isArray(value)) return value.map(storable)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, storable(each)]))
}

/** One text, made storable. */
export const storableText = (text: string): string => text.toWellFormed().replaceAll(unstorable, '\ufffd')
