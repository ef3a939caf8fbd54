/** A value and all that follows: `invalid input syntax for type uuid: "…"`. */
const quotedValue = /: ".*$/s
/** What PostgreSQL adds to its first line: whole rows, keys and parameters. */
const additions = /[\r\n]|;? *\b(?:Detail|Hint|Where|Position|SQLState): /i
const sqlState = /SQLState: (\w{5})\s*$/

/**
 * What the database says, without what rows and parameters hold: the first line and the SQLState. Names and addresses of recipients are
 * among the rest, and errors are logged.
 */
export function wordsWithoutValues(message: string): string {
  const [line = ''] = message.replace(quotedValue, '').split(additions)
  const state = sqlState.exec(message)?.[1]
  return state === undefined ? line : `${line}; SQLState: ${state}`
}

/** The same error to whoever reads a log; neither its message nor its stack holds a value. */
export function withoutValues(error: Error): Error {
  const metadata: unknown = Reflect.get(error, '$metadata')
  const kept = { name: error.name, ...(metadata === undefined ? {} : { $metadata: metadata }) }
  return Object.assign(new Error(wordsWithoutValues(error.message)), kept)
}
