import { createInterface } from 'node:readline/promises'

/** One line that a person types, or that comes through a pipe. */
export async function askLine(question: string, signal: AbortSignal): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return (await lines.question(question, { signal })).trim()
  } finally {
    lines.close()
  }
}

const enter = /[\r\n]/
const ctrlC = '\u0003'
const backspaces: readonly string[] = ['\u0008', '\u007f']

/** The same without showing it; what comes through a pipe is read to its first line's end. */
export async function askSecret(question: string, signal: AbortSignal): Promise<string> {
  const { stdin, stderr } = process
  if (!stdin.isTTY) return await firstLineOf(stdin, signal)
  stderr.write(question)
  stdin.setRawMode(true)
  try {
    return await typed(stdin, signal)
  } finally {
    stdin.setRawMode(false)
    stdin.pause()
    stderr.write('\n')
  }
}

async function typed(stdin: NodeJS.ReadStream, signal: AbortSignal): Promise<string> {
  let text = ''
  stdin.setEncoding('utf8')
  return await new Promise((resolve, reject) => {
    const hear = (part: string): void => {
      for (const character of part) {
        // The terminal hands it over as a character; it still means the same.
        if (character === ctrlC) process.kill(process.pid, 'SIGINT')
        if (enter.test(character)) {
          finish(() => resolve(text.trim()))
          return
        }
        text = backspaces.includes(character) ? text.slice(0, -1) : text + character
      }
    }
    const stop = (): void => finish(() => reject(signal.reason))
    const finish = (act: () => void): void => {
      stdin.off('data', hear)
      signal.removeEventListener('abort', stop)
      act()
    }
    stdin.on('data', hear)
    // A question before this one has paused it.
    stdin.resume()
    signal.addEventListener('abort', stop, { once: true })
  })
}

async function firstLineOf(stdin: NodeJS.ReadStream, signal: AbortSignal): Promise<string> {
  let text = ''
  stdin.setEncoding('utf8')
  for await (const part of stdin) {
    signal.throwIfAborted()
    text += String(part)
    if (enter.test(text)) break
  }
  return (text.split(enter)[0] ?? '').trim()
}
