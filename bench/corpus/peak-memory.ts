import { readdirSync, readFileSync } from 'node:fs'

/** The highest VmHWM in MB of the processes whose command line names `word`, 0 where there are none or no /proc. */
export function peakMemoryOf(word: string): number {
  let most = 0
  for (const pid of numbersIn('/proc')) {
    if (textOf(`/proc/${pid}/cmdline`).includes(word)) {
      most = Math.max(most, Number(/VmHWM:\s+(\d+)/.exec(textOf(`/proc/${pid}/status`))?.[1] ?? 0) / 1000)
    }
  }
  return most
}

function numbersIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => /^\d+$/.test(name))
  } catch {
    return []
  }
}

/** A process may end between two looks. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}
