import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ProductionTicket } from '#contracts/messages/production-ticket.ts'

/** What was ordered, as whoever ordered wrote it down. */
export function createOrderedJobs() {
  const tickets = new Map<string, ProductionTicket>()
  return {
    add: (ticket: ProductionTicket): void => void tickets.set(ticket.jobId, ticket),
    ids: (): readonly string[] => [...tickets.keys()],
    /** What is wrong with a job folder at the moment in which the shop sees it. */
    faultsOf: (folder: string, jobId: string): readonly string[] => {
      const ticket = tickets.get(jobId)
      if (ticket === undefined) return ['was never ordered']
      const wrong = ticket.files.filter(({ component, sha256 }) => sumOf(join(folder, `${component}.pdf`)) !== sha256)
      return [
        ...wrong.map(({ component }) => `has no whole ${component}.pdf`),
        ...(existsSync(join(folder, 'ticket.json')) ? [] : ['has no ticket.json']),
      ]
    },
  }
}
export type OrderedJobs = ReturnType<typeof createOrderedJobs>

const sumOf = (path: string): string =>
  existsSync(path) ? createHash('sha256').update(readFileSync(path)).digest('hex') : 'nothing'
