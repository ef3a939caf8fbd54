import { join } from 'node:path'
import type { Clock } from '#chassis/clock.ts'
import { Transient } from '#chassis/errors.ts'
import { onFolders } from '../../folder-fault.ts'
import { ticketName } from '../../hand-over/job-folder.ts'
import { JobRefused } from '../job-refused.ts'
import type { Output, StagedJob } from '../output.ts'
import { requireDiskRoom } from '../room.ts'
import { openMarks } from './marks.ts'
import { type CommandEnd, runShopCommand } from './run-shop-command.ts'

export type CommandSetting = {
  readonly name: string
  readonly command: readonly [string, ...string[]]
  readonly limitMilliseconds: number
  readonly staging: string
  readonly stateFolder: string
  /** What the command inherits: the client's own, without its credentials. */
  readonly environment: Readonly<Record<string, string>>
  readonly clock: Pick<Clock, 'now'>
}

/** EX_TEMPFAIL of sysexits.h. */
const later = 75
/** So long no new ticket is taken for a command that asked for patience; jobs in hand are tried meanwhile. */
const patienceMilliseconds = 60_000

/**
 * A command of the shop's own that takes a job: exit code 0, it has it; 75, try later; any other, it will not have it, and its last words say
 * why. Before it starts that is marked on the disk, so that a crash in between holds the job instead of starting it twice.
 */
export async function createCommand(setting: CommandSetting): Promise<Output> {
  const { name, staging, stateFolder, clock } = setting
  const marks = await openMarks(join(stateFolder, 'command-marks', name), clock.now())
  let laterUntil = 0
  const handOver = async (job: StagedJob): Promise<void> => {
    await onFolders('mark', () => marks.write(job.jobId, 'cannot_tell'))
    const end = await runShopCommand({ ...setting, folder: job.folder, environment: environmentOf(setting, job) })
    const isLater = end.kind === 'never_started' || (end.kind === 'exited' && end.code === later)
    laterUntil = isLater ? clock.now().getTime() + patienceMilliseconds : 0
    await settle(end, (possession) => onFolders('mark', () => marks.write(job.jobId, possession)))
  }
  return {
    name,
    kind: 'command',
    staging,
    doubt: 'possibly_printed: the command was started, and nobody knows how it ended',
    look: (jobId) => onFolders('mark', () => marks.read(jobId)),
    handOver,
    requireRoom: async (sizeBytes) => {
      await requireDiskRoom([stateFolder], sizeBytes)
      if (clock.now().getTime() < laterUntil) throw new Transient(`The command of output ${name} takes no jobs now`)
    },
    forget: (jobId) => onFolders('mark', () => marks.write(jobId, 'has_not')),
  }
}

async function settle(end: CommandEnd, mark: (possession: 'has' | 'has_not') => Promise<void>): Promise<void> {
  switch (end.kind) {
    case 'never_started':
      await mark('has_not')
      throw new Transient(`The command cannot be started: ${end.reason}`)
    case 'cut_off':
      throw new Transient(`The command was cut off (${end.reason}): nobody knows whether it has the job`)
    case 'exited':
      if (end.code === 0) return mark('has')
      await mark('has_not')
      if (end.code === later) throw new Transient(`The command asks for patience: ${end.lastWords || 'no words'}`)
      throw new JobRefused(end.lastWords || `the command ended with code ${end.code}`)
    default:
      return end satisfies never
  }
}

/** Other users of the machine may see it: no names, no addresses. */
function environmentOf({ environment }: CommandSetting, { jobId, ticket, folder }: StagedJob): Record<string, string> {
  return {
    ...environment,
    PRINTCLOUD_JOB_ID: jobId,
    PRINTCLOUD_ORDER_ID: ticket.orderId,
    PRINTCLOUD_ITEM_ID: ticket.itemId,
    PRINTCLOUD_FACILITY_ID: ticket.facilityId,
    PRINTCLOUD_JOB_FOLDER: folder,
    PRINTCLOUD_TICKET: join(folder, ticketName),
    PRINTCLOUD_SKU: ticket.product.sku,
    PRINTCLOUD_QUANTITY: String(ticket.quantity),
    PRINTCLOUD_IS_TEST: String(ticket.isTest),
  }
}
