import { WriteStream } from 'node:tty'

/** Where words go: results on stdout, progress and faults on stderr. */
export type Terminal = {
  readonly out: (text: string) => void
  readonly fault: (text: string) => void
  /** One line that is written over; nothing where stderr is not a terminal. */
  readonly progress: (text: string) => void
  readonly hasColour: boolean
  /** Whether someone sits there who can be asked. */
  readonly isInteractive: boolean
}

export function openTerminal(): Terminal {
  const { stdin, stdout, stderr } = process
  let shown = 0
  const wipe = (): void => {
    if (shown > 0) stderr.write(`\r${' '.repeat(shown)}\r`)
    shown = 0
  }
  return {
    out: (text) => {
      wipe()
      stdout.write(text)
    },
    fault: (text) => {
      wipe()
      stderr.write(text)
    },
    progress: (text) => {
      if (!stderr.isTTY) return
      const line = text.slice(0, 79)
      stderr.write(`\r${line.padEnd(shown)}`)
      shown = line.length
    },
    // Node answers for NO_COLOR and TERM=dumb.
    hasColour: stdout instanceof WriteStream && stdout.hasColors(),
    isInteractive: stdin.isTTY === true && stderr.isTTY === true,
  }
}
