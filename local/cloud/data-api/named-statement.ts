import { ServiceError } from './service-error.ts'

/** A statement with `:name` parameters, as PostgreSQL wants it. */
export type NamedStatement = {
  /** The statement with $1, $2, … for `names[0]`, `names[1]`, …; a name used twice is one parameter. */
  readonly text: string
  readonly names: readonly string[]
  /** The first word in lower case: "select", "with", "insert" … */
  readonly verb: string
}

/** What may hide a colon or a semicolon, what may be a parameter, and words (so that the E of E'…' and a$b$ are seen right). */
const token = new RegExp(
  [
    String.raw`(?<space>\s+|--[^\n]*)`,
    String.raw`(?<block>/\*)`,
    String.raw`(?<escaped>[eE]'[^'\\]*(?:(?:\\[\s\S]|'')[^'\\]*)*(?<escapedEnd>'?))`,
    String.raw`(?<word>[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*)`,
    "(?<quoted>'[^']*(?:''[^']*)*(?<quotedEnd>'?))",
    '(?<identifier>"[^"]*(?:""[^"]*)*(?<identifierEnd>"?))',
    String.raw`(?<dollar>\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$)`,
    String.raw`(?<numbered>\$\d+)`,
    '(?<cast>::)',
    String.raw`:(?<name>[A-Za-z_]\w*)`,
    '(?<end>;)',
    String.raw`(?<other>\d[\w.]*|[\s\S])`,
  ].join('|'),
  'y',
)

/**
 * Reads the named parameters of one statement, as PostgreSQL's own scanner would see them.
 * Throws ValidationException for a second statement, BadRequestException for text that never ends or numbered parameters.
 */
export function readNamedStatement(sql: string): NamedStatement {
  const numbers = new Map<string, number>()
  let text = ''
  let verb = ''
  let isEnded = false
  for (let at = 0; at < sql.length; ) {
    token.lastIndex = at
    const groups = token.exec(sql)?.groups ?? {}
    const end = endOf(sql, token.lastIndex, groups)
    const isBlank = groups.space !== undefined || groups.block !== undefined
    if (groups.end !== undefined) isEnded = true
    else if (isEnded && !isBlank) throw new ServiceError('ValidationException', "Multistatements aren't supported.")
    if (verb === '' && groups.word !== undefined) verb = groups.word.toLowerCase()
    text += groups.name === undefined ? sql.slice(at, end) : `$${numberOf(groups.name, numbers)}`
    at = end
  }
  return { text, names: [...numbers.keys()], verb }
}

type Groups = Readonly<Record<string, string | undefined>>

/** Where the token ends, for those that a regular expression cannot follow: nested comments and dollar quotes. */
function endOf(sql: string, end: number, groups: Groups): number {
  if (groups.block !== undefined) return endOfBlockComment(sql, end)
  if (groups.dollar !== undefined) {
    const close = sql.indexOf(groups.dollar, end)
    if (close === -1) throw unterminated('dollar-quoted string')
    return close + groups.dollar.length
  }
  if (groups.escapedEnd === '' || groups.quotedEnd === '') throw unterminated('quoted string')
  if (groups.identifierEnd === '') throw unterminated('quoted identifier')
  if (groups.numbered !== undefined)
    throw new ServiceError(
      'BadRequestException',
      `Parameters have names here: write :name instead of ${groups.numbered}`,
    )
  return end
}

function endOfBlockComment(sql: string, start: number): number {
  const edge = /\/\*|\*\//g
  edge.lastIndex = start
  for (let depth = 1; depth > 0; ) {
    const found = edge.exec(sql)
    if (!found) throw unterminated('comment')
    depth += found[0] === '/*' ? 1 : -1
  }
  return edge.lastIndex
}

function numberOf(name: string, numbers: Map<string, number>): number {
  const number = numbers.get(name) ?? numbers.size + 1
  numbers.set(name, number)
  return number
}

function unterminated(what: string): ServiceError {
  return new ServiceError('DatabaseErrorException', `ERROR: unterminated ${what}; SQLState: 42601`)
}
