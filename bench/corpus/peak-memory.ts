import { readdirSync, readFileSync, writeFileSync } from 'node:fs'

/** The highest VmHWM in MB of the processes whose command line names `word`, 0 where there are none or no /proc. */
export function peakMemoryOf(word: string): number {
  return highestOf(processesNaming(word))
}

/** The same from now on, of the processes that there are now: their marks are set back. */
export function watchPeak(word: string): () => number {
  const processes = processesNaming(word)
  for (const pid of processes) resetMark(pid)
  return () => highestOf(processes)
}

const processesNaming = (word: string): readonly string[] =>
  numbersIn('/proc').filter((pid) => textOf(`/proc/${pid}/cmdline`).includes(word))

const highestOf = (processes: readonly string[]): number =>
  Math.max(0, ...processes.map((pid) => Number(/VmHWM:\s+(\d+)/.exec(textOf(`/proc/${pid}/status`))?.[1] ?? 0) / 1000))

/** proc(5): sets the peak resident set size to the current one. */
const setBackPeak = '5'

function resetMark(pid: string): void {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, setBackPeak)
  } catch {
    // Gone, or not permitted: the mark then also tells of what was before.
  }
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
