import { openLogFile } from './log-file.ts'
import { isAtLeast, type LogLevel, readLogLine, showLogLine } from './log-line.ts'

/** Where lines for people go, and whether it shows colours. */
export type Terminal = {
  readonly write: (text: string) => void
  readonly isColoured: boolean
  /** Its width now; undefined where lines may be of any length. */
  readonly columns?: () => number | undefined
}

export type Logs = {
  /** A line as the process wrote it: kept in its file, and shown when it is grave enough. */
  readonly line: (name: string, text: string) => void
  /** An event of the supervisor itself. */
  readonly event: (level: LogLevel, event: string, fields: Readonly<Record<string, unknown>>) => void
  readonly close: () => Promise<void>
}

/** Gathers the logs of all processes: `<folder>/<name>.log` each, and one stream for people on `terminal`, where wanted. */
export function createLogs(
  folder: string,
  names: ReadonlyArray<{ readonly name: string; readonly least: LogLevel }>,
  terminal: Terminal | undefined,
): Logs {
  const width = Math.max(...names.map((each) => each.name.length))
  const outlets = new Map(
    names.map((each, index) => [each.name, { ...each, index, file: openLogFile(folder, each.name) }]),
  )
  const line = (name: string, text: string) => {
    const outlet = outlets.get(name)
    if (!outlet || text === '') return
    outlet.file.write(text)
    if (!terminal) return
    const record = readLogLine(text, new Date())
    if (!isAtLeast(record.level, outlet.least)) return
    const colour = terminal.isColoured ? outlet.index : undefined
    const look = { nameWidth: width, colour, columns: terminal.columns?.() }
    terminal.write(`${showLogLine(name, record, look)}\n`)
  }
  return {
    line,
    event: (level, event, fields) =>
      line('supervisor', JSON.stringify({ level, time: new Date(), service: 'supervisor', ...fields, event })),
    close: async () => {
      await Promise.all([...outlets.values()].map(({ file }) => file.close()))
    },
  }
}
