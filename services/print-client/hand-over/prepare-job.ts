import type { CarryDependencies } from '../carry-job.ts'
import { fetchFiles } from '../fetch/fetch-files.ts'
import { FilesUnusable } from '../fetch/files-unusable.ts'
import { FolderFault, onFolders } from '../folder-fault.ts'
import type { Job } from '../journal/job.ts'
import type { Output } from '../outputs/output.ts'
import { writeTickets } from '../tickets/write-tickets.ts'
import { failJob } from './fail-job.ts'
import { holdJob } from './hold-job.ts'
import { jobFolder } from './job-folder.ts'
import { holdCauses } from './next-step.ts'

/** Fills the job's folder: print files, then what travels with them, ticket.json last. */
export async function prepareJob(dependencies: CarryDependencies, job: Job, output: Output): Promise<void> {
  const { journal, outputs, bootId, clock } = dependencies
  const { jobId, ticket } = job
  if (ticket === undefined) return holdJob(dependencies, job, holdCauses.journalDamaged)
  const folder = jobFolder(output.staging, jobId)
  await folder.make()
  await folder.reopen()
  if (job.bootId !== bootId) await journal.append({ type: 'claimed', at: clock.now().toISOString(), jobId, bootId })
  try {
    await fetchFiles(dependencies, ticket, folder.path)
    await onFolders('staging', () => writeTickets(dependencies, ticket, folder.path, outputs.ticketsOf(output)))
  } catch (error) {
    // Two half-fetched jobs on a full disk would keep each other from ever being whole.
    if (error instanceof FolderFault) await folder.empty()
    if (!(error instanceof FilesUnusable)) throw error
    await failJob(dependencies, job, error.code, error)
    return folder.remove()
  }
  await journal.append({ type: 'spooling', at: clock.now().toISOString(), jobId, bootId })
}
