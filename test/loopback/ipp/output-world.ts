import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { newId } from '#chassis/ids.ts'
import type { Family } from '#contracts/catalogue/product.ts'
import { createIppOutput } from '../../../services/print-client/outputs/ipp/ipp-output.ts'
import type { Output, StagedJob } from '../../../services/print-client/outputs/output.ts'
import { jobTicketOf } from '../../../services/print-client/tickets/job-ticket.ts'
import { productOfFamily, ticketOf } from '../../unit/print-client/tickets/family-tickets.ts'

export type OutputWorld = ReturnType<typeof openOutputWorld>

/** A client's side of a printer: a state folder, a clock that the test moves, and staged jobs. */
export function openOutputWorld() {
  const folder = mkdtempSync(join(tmpdir(), 'ipp-'))
  let now = new Date('2026-11-22T09:00:00Z')
  const clock = { now: () => now }
  const ending = new AbortController()
  return {
    clock,
    later: (seconds: number) => {
      now = new Date(now.getTime() + seconds * 1_000)
    },
    /** A client that was just started: nothing is known to it but its disk. */
    open: (
      url: string,
      more: { readonly user?: string; readonly password?: string; readonly ca?: string } = {},
    ): Promise<Output> =>
      createIppOutput({
        name: 'big',
        url,
        ...more,
        staging: folder,
        stateFolder: folder,
        log: pino({ level: 'silent' }),
        clock,
        signal: ending.signal,
      }),
    stage: (family: Family, quantity = 2): StagedJob => {
      const ticket = jobTicketOf({ ...ticketOf(productOfFamily(family), { quantity }), jobId: newId('job', now) })
      const staged = join(folder, ticket.jobId)
      mkdirSync(staged)
      for (const { file, component } of ticket.files) writeFileSync(join(staged, file), `%PDF-1.7 ${component}\n`)
      return { jobId: ticket.jobId, ticket, folder: staged }
    },
    close: () => {
      ending.abort()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
