/** A value as the judge reads it: names keep their slash, other scalars are their text, a reference is `12 0 R`. */
export type Value = string | readonly Value[] | ReadonlyMap<string, Value>

export type ReadValue = { readonly value: Value; readonly end: number }

/** Deeper values are no honest document's. */
const deepest = 60

const blank = /(?:[\0\t\n\f\r ]+|%[^\r\n]*)*/y
const word = /[^\0\t\n\f\r <>[\](){}/%]+/y
const name = /\/([^\0\t\n\f\r <>[\](){}/%]*)/y
const reference = /\d{1,10}[\0\t\n\f\r ]+\d{1,5}[\0\t\n\f\r ]+R(?![^\0\t\n\f\r <>[\](){}/%])/y
const hexString = /<[0-9a-fA-F\s]*>/y

/**
 * Reads the value that stands at `at`; undefined where the text ends before it does. An own tokenizer, not the parser
 * that made the file. Throws RangeError for values nested without end.
 */
export function readValue(text: string, at: number, depth = 0): ReadValue | undefined {
  if (depth > deepest) throw new RangeError('a value nested without end')
  const start = past(blank, text, at)
  if (start >= text.length) return undefined
  if (text.startsWith('<<', start)) return dictionary(text, start + 2, depth)
  if (text[start] === '[') return array(text, start + 1, depth)
  if (text[start] === '(') return literal(text, start)
  for (const pattern of [name, hexString, reference, word]) {
    const end = past(pattern, text, start)
    // A word that reaches the end may go on behind it.
    if (end > start) return end >= text.length ? undefined : { value: scalar(text.slice(start, end)), end }
  }
  return { value: '', end: start + 1 }
}

function dictionary(text: string, from: number, depth: number): ReadValue | undefined {
  const entries = new Map<string, Value>()
  let at = from
  for (;;) {
    at = past(blank, text, at)
    if (at + 1 >= text.length) return undefined
    if (text.startsWith('>>', at)) return { value: entries, end: at + 2 }
    const key = readValue(text, at, depth + 1)
    if (!key) return undefined
    at = key.end
    if (!isName(key.value) || text.startsWith('>>', past(blank, text, at))) continue
    const value = readValue(text, at, depth + 1)
    if (!value) return undefined
    // Of two entries of one name readers take either: both are looked at.
    const known = entries.get(key.value)
    entries.set(key.value, known === undefined ? value.value : [known, value.value])
    at = value.end
  }
}

const isName = (value: Value): value is string => typeof value === 'string' && value.startsWith('/')

function array(text: string, from: number, depth: number): ReadValue | undefined {
  const values: Value[] = []
  let at = from
  for (;;) {
    at = past(blank, text, at)
    if (at >= text.length) return undefined
    if (text[at] === ']') return { value: values, end: at + 1 }
    const value = readValue(text, at, depth + 1)
    if (!value) return undefined
    values.push(value.value)
    at = value.end
  }
}

function literal(text: string, start: number): ReadValue | undefined {
  let open = 0
  for (let at = start; at < text.length; at += 1) {
    const sign = text[at]
    if (sign === '\\') at += 1
    else if (sign === '(') open += 1
    else if (sign === ')') open -= 1
    if (open === 0) return { value: text.slice(start, at + 1), end: at + 1 }
  }
  return undefined
}

function past(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : at
}

const scalar = (text: string): string =>
  text.startsWith('/')
    ? text.replace(/#([0-9a-fA-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text
