import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'

/**
 * Names this run of the machine: equal after a crash of the client, different after a loss of power.
 * Where the system does not tell (not Linux) every start counts as a new boot: a crash in the middle of a hand-over
 * is then held for a person, which is safe.
 */
export function readBootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return randomUUID()
  }
}
