import type { Clock } from '#chassis/clock.ts'
import { clientVersion } from '../assets/version.ts'
import { FolderFault } from '../folder-fault.ts'
import type { Job } from '../journal/job.ts'
import type { Journal } from '../journal/journal.ts'
import type { Line } from '../line/line.ts'
import { freeBytes, requireDiskRoom } from '../outputs/room.ts'
import type { Room } from '../take/room.ts'
import type { DeskHealth, OutputHealth } from './desk-health.ts'
import { stateOf } from './see-job.ts'

export type HealthDependencies = {
  readonly facilityId: string
  readonly clientId: string
  readonly stateFolder: string
  readonly journal: Journal
  readonly line: Line
  readonly room: Room
  readonly clock: Pick<Clock, 'now'>
}

/** How the client is. Never throws: what cannot be found out is left out, or is the reason why it takes nothing. */
export async function health(dependencies: HealthDependencies): Promise<DeskHealth> {
  const { facilityId, clientId, stateFolder, journal, line, room, clock } = dependencies
  const outputs = await room.outputs()
  const [diskFreeBytes, diskFault] = [await freeOf(stateFolder), await faultOf(stateFolder)]
  const { clockSkewSeconds, ...network } = line.state()
  const hindered = outputs.filter(({ isReady }) => !isReady)
  const isReady = diskFault === undefined && hindered.length < outputs.length
  const queueFault = room.queueFault()
  const isTaking = isReady && queueFault === undefined
  const reason = reasonOf([diskFault, queueFault], hindered)
  return {
    at: clock.now().toISOString(),
    ...{ facilityId, clientId, version: clientVersion(), isTaking, isReady, outputs, network },
    ...(reason === undefined ? {} : { reason }),
    ...(diskFreeBytes === undefined ? {} : { diskFreeBytes }),
    ...(clockSkewSeconds === undefined ? {} : { clockSkewSeconds }),
    ...countsOf([...journal.jobs()]),
  }
}

function reasonOf(faults: readonly (string | undefined)[], hindered: readonly OutputHealth[]): string | undefined {
  const away = hindered.map(({ name, reason = 'is not ready' }) => `${name}: ${reason}`)
  const all = [...faults.filter((fault) => fault !== undefined), ...away]
  return all.length === 0 ? undefined : all.join('; ').slice(0, 300)
}

/** Counts of jobs and of what is untold; pure. */
export function countsOf(jobs: readonly Job[]): Pick<DeskHealth, 'jobs' | 'oldestOpenAt' | 'outbox'> {
  const count = (state: ReturnType<typeof stateOf>): number => jobs.filter((job) => stateOf(job) === state).length
  const open = jobs.filter((job) => !['over', 'elsewhere'].includes(stateOf(job)))
  const oldestOpenAt = oldestOf(open.map(({ arrivedAt, at }) => arrivedAt ?? at))
  const untold = jobs.flatMap(({ outbox }) => outbox.map(({ at }) => at))
  const oldestAt = oldestOf(untold)
  return {
    jobs: {
      open: count('arriving'),
      offered: count('offered'),
      held: count('held'),
      failed: count('failed'),
      inTheShop: count('in_the_shop'),
    },
    ...(oldestOpenAt === undefined ? {} : { oldestOpenAt }),
    outbox: { waiting: untold.length, ...(oldestAt === undefined ? {} : { oldestAt }) },
  }
}

const oldestOf = (times: readonly string[]): string | undefined => times.toSorted().at(0)

async function freeOf(folder: string): Promise<number | undefined> {
  try {
    return await freeBytes(folder)
  } catch (error) {
    if (error instanceof FolderFault) return undefined
    throw error
  }
}

async function faultOf(folder: string): Promise<string | undefined> {
  try {
    await requireDiskRoom([folder], 0)
    return undefined
  } catch (error) {
    if (error instanceof FolderFault) return error.message
    throw error
  }
}
