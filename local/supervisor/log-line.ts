import { styleText } from 'node:util'

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal'
const levels: readonly LogLevel[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal']
const prefixColours = ['cyan', 'green', 'magenta', 'blue', 'yellowBright', 'cyanBright', 'greenBright'] as const
/** Said elsewhere on the line, or the same on every line. */
const leftOut = new Set(['level', 'time', 'service', 'event', 'pid', 'hostname', 'facilityId'])
const mostFields = 5
const longestValue = 60

/** One log line of one process, read. */
export type LogRecord = {
  readonly level: LogLevel
  readonly time: string
  readonly event: string
  readonly fields: ReadonlyArray<readonly [name: string, value: string]>
}

/** Node's remarks about itself and its users' code: for the file, not for the terminal. */
const nodeRemark = /^\((node:\d+\)|Use `node )/

/** Reads a JSON log line; anything else (a crash) becomes an error record with the text as its event. */
export function readLogLine(line: string, now: Date): LogRecord {
  const parsed = parseObject(line)
  if (!parsed) {
    return { level: nodeRemark.test(line) ? 'debug' : 'error', time: now.toISOString(), event: line, fields: [] }
  }
  const entries = Object.entries(parsed)
  const fields = entries.filter(([name]) => !leftOut.has(name)).flatMap(([name, value]) => shown(name, value))
  return {
    level: levels.find((each) => each === parsed.level) ?? 'info',
    time: typeof parsed.time === 'string' ? parsed.time : now.toISOString(),
    event: typeof parsed.event === 'string' ? parsed.event : '',
    fields: fields.slice(0, mostFields),
  }
}

/** Whether `level` is as grave as `least` or graver. */
export function isAtLeast(level: LogLevel, least: LogLevel): boolean {
  return levels.indexOf(level) >= levels.indexOf(least)
}

export type LineLook = {
  /** Room for the names of processes. */
  readonly nameWidth: number
  /** Which prefix colour; undefined means no colour at all. */
  readonly colour: number | undefined
  /** Fields that do not fit are cut; undefined where lines may be of any length. */
  readonly columns: number | undefined
}

/** A line for people: time, process, event, a few fields. */
export function showLogLine(name: string, record: LogRecord, { nameWidth: width, colour, columns }: LineLook): string {
  const time = new Date(record.time).toTimeString().slice(0, 8)
  const room = columns === undefined ? undefined : Math.max(0, columns - time.length - width - record.event.length - 4)
  const fields = record.fields
    .map(([key, value]) => `${key}=${value}`)
    .join(' ')
    .slice(0, room)
  if (colour === undefined) {
    const mark = isAtLeast(record.level, 'warn') ? `${record.level.toUpperCase()} ` : ''
    return `${time} ${name.padEnd(width)}  ${mark}${record.event} ${fields}`.trimEnd()
  }
  const prefix = styled(prefixColours[colour % prefixColours.length] ?? 'cyan', name.padEnd(width))
  return `${styled('dim', time)} ${prefix}  ${eventOf(record)} ${styled('dim', fields)}`.trimEnd()
}

function eventOf(record: LogRecord): string {
  if (isAtLeast(record.level, 'error')) return styled('red', record.event)
  return record.level === 'warn' ? styled('yellow', record.event) : record.event
}

/** Whether colours are wanted is the caller's decision. */
function styled(format: Parameters<typeof styleText>[0], text: string): string {
  return text === '' ? '' : styleText(format, text, { validateStream: false })
}

function shown(name: string, value: unknown): Array<readonly [string, string]> {
  if (value === null || value === undefined) return []
  if (typeof value === 'object') {
    // pino's form of an error: its message is what matters on a terminal, the stack is in the file.
    if ('message' in value && typeof value.message === 'string') return [[name, quoted(value.message)]]
    return [[name, quoted(JSON.stringify(value))]]
  }
  return [[name, quoted(String(value))]]
}

function quoted(text: string): string {
  const short = text.length > longestValue ? `${text.slice(0, longestValue - 1)}…` : text
  const oneLine = short.replaceAll(/\s+/g, ' ')
  return oneLine.includes(' ') ? `"${oneLine}"` : oneLine
}

function parseObject(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined
  try {
    const value: unknown = JSON.parse(line)
    return isRecord(value) ? value : undefined
  } catch {
    // Cut short by a crash: shown as it is.
    return undefined
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
