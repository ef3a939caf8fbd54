import { pick } from './schema-values.ts'

type Random = () => number

const hostileWords: readonly unknown[] = [
  ...['', ' ', '\u0000', '\ud800', '\uffff', '\u202e', 'a\nb', '\u001b[2J', '..', '../../etc/passwd', '%00', '%zz'],
  ...[
    "' or 1=1 --",
    '"; drop table orders; --',
    '$1',
    ':account::text',
    '{{7*7}}',
    '<script>',
    '$(x)',
    'NULL',
    'undefined',
  ],
  ...['е', 'ΝL', 'ＮＬ', 'nl', 'N\u200dL', 'ⅣⅤ', '\u0430da@example.com', '١٢', 'İ', 'ß'.repeat(300)],
  ...[
    'http://127.0.0.1/',
    'https://[::1]/',
    'file:///etc/passwd',
    'javascript:1',
    'https://a@b',
    'fil_0',
    'quo_',
    'ord_~',
  ],
  'x'.repeat(70_000),
  '\u{1f600}'.repeat(20_000),
]
const hostileNumbers: readonly unknown[] = [
  ...[-1, 0, 0.1, -0, 1e308, -1e308, 2 ** 31, 2 ** 53, 2 ** 63, -(2 ** 63), 1e-300],
  ...['1', '-1', '1e3', '0x10', '1_000'],
]
const hostileShapes: readonly unknown[] = [
  null,
  true,
  [],
  {},
  [[]],
  [null],
  { constructor: 1 },
  { '': '' },
  { 'a/b~c': 1 },
  { $ref: '#' },
]
const all = [...hostileWords, ...hostileNumbers, ...hostileShapes]

export const hostileValue = (random: Random): unknown => pick(all, random)
export const hostileText = (random: Random): string => String(pick([...hostileWords, ...hostileNumbers], random))

/** `value` with one place in it changed, left out, added, or nested deeper than anybody means. */
export function mutated(value: unknown, random: Random): unknown {
  const isHere = random() < 0.15 || typeof value !== 'object' || value === null
  if (isHere) return random() < 0.05 ? deep(random) : hostileValue(random)
  if (Array.isArray(value)) return mutatedList(value, random)
  const entries = Object.entries(value)
  if (entries.length === 0 || random() < 0.15) return { ...value, [hostileText(random)]: hostileValue(random) }
  const at = Math.floor(random() * entries.length)
  if (random() < 0.15) return Object.fromEntries(entries.filter((_, index) => index !== at))
  return Object.fromEntries(entries.map(([name, each], index) => [name, index === at ? mutated(each, random) : each]))
}

function mutatedList(value: readonly unknown[], random: Random): unknown {
  if (value.length === 0 || random() < 0.2) return [...value, hostileValue(random)]
  if (random() < 0.1) return Array.from({ length: 200 }, () => value[0])
  const at = Math.floor(random() * value.length)
  return value.map((each, index) => (index === at ? mutated(each, random) : each))
}

/** Built from the inside: no recursion is needed to make it. */
function deep(random: Random): unknown {
  let value: unknown = 1
  const levels = 10 + Math.floor(random() * 3000)
  for (let level = 0; level < levels; level += 1) value = random() < 0.5 ? [value] : { a: value }
  return value
}
