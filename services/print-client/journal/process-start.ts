import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

/** How each system says when a process began; the words need only be the same each time. */
const commands: Readonly<Record<string, (pid: number) => readonly [string, readonly string[]]>> = {
  darwin: (pid) => ['/bin/ps', ['-o', 'lstart=', '-p', String(pid)]],
  win32: (pid) => [
    'powershell.exe',
    ['-NoProfile', '-NonInteractive', '-Command', `(Get-Process -Id ${pid}).StartTime.ToFileTimeUtc()`],
  ],
}
const limitMilliseconds = 10_000

/**
 * When a process began, in the system's own words: process ids are used again. Empty where it is gone, or where the system does not tell;
 * two empty ones say nothing.
 */
export async function processStart(pid: number, platform: string = process.platform): Promise<string> {
  try {
    const command = commands[platform]?.(pid)
    if (command === undefined) return fieldOfStat(await readFile(`/proc/${pid}/stat`, 'utf8'))
    const [program, words] = command
    const { stdout } = await promisify(execFile)(program, [...words], { timeout: limitMilliseconds, windowsHide: true })
    return stdout.trim()
  } catch {
    // Gone, or not to be found out: the caller decides on the side of caution.
    return ''
  }
}

/** Field 22 of /proc/PID/stat, in clock ticks since boot. */
const fieldOfStat = (stat: string): string => stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
