import type { Facility } from '#contracts/facility.ts'
import type { ClientOfFacility, JobOfFacility } from '../facilities/facility-store.ts'
import { noFigures, sharesOf } from '../facilities/figures.ts'
import { isSilent } from '../facilities/is-silent.ts'
import type { Standing } from '../facilities/read-standings.ts'
import { counted, textList, textTable } from './text-table.ts'

type Stood = { readonly facility: Facility; readonly standing: Standing | undefined }

/** Every facility, one a line of a terminal; its name stands in what is shown of it. */
export function facilityLines(facilities: readonly Stood[], now: Date): string {
  if (facilities.length === 0) return 'There is no facility yet: npm run operator -- facility add FILE\n'
  const rows = facilities.map(({ facility, standing }) => [
    ...[facility.id, facility.country, facility.status],
    heardText(standing, now),
    ...[standing?.clients, standing?.jobs, standing?.unclaimed].map((count) => String(count ?? 0)),
    ageOf(standing?.oldestUnclaimedAt, now),
  ])
  return textTable(['ID', 'IN', 'STATUS', 'HEARD', 'CLIENTS', 'JOBS', 'UNCLAIMED', 'OLDEST'], rows)
}

/** One facility, in a few lines. */
export function facilityText({ facility, standing }: Stood, now: Date): string {
  const { onTimePercent, reprintPercent } = sharesOf(standing?.figures ?? noFigures)
  const { capacity, opening } = facility
  return textList([
    ['Facility', facility.name],
    ['Id', facility.id],
    ['Place', `${facility.city}, ${facility.country}`],
    ['Status', facility.status],
    ['Heard', heardText(standing, now)],
    [
      'Makes',
      `${counted(facility.products.length, 'product')}, on ${counted(facility.papers?.length ?? 0, 'paper')} of its own`,
    ],
    ['Capacity', capacity ? `${capacity.itemsADay} items, ${capacity.pagesADay} pages a day` : 'not known'],
    [
      'Open',
      opening ? `${opening.weekdays.map(dayName).join(' ')}, until ${opening.cutOff} ${opening.timeZone}` : 'not known',
    ],
    ['Jobs', `${standing?.jobs ?? 0} live, ${standing?.unclaimed ?? 0} unclaimed`],
    ['Oldest', `${ageOf(standing?.oldestJobAt, now)}, unclaimed ${ageOf(standing?.oldestUnclaimedAt, now)}`],
    ['Not moved', `taken ones for up to ${ageOf(standing?.oldestMovedAt, now)}`],
    ['On time', percentText(onTimePercent)],
    ['Reprinted', percentText(reprintPercent)],
  ])
}

const heardText = (standing: Standing | undefined, now: Date): string => {
  const at = standing?.lastHeardAt ?? null
  if (at === null) return 'never'
  return isSilent(at, now) ? `SILENT ${ageOf(at, now)}` : `${ageOf(at, now)} ago`
}

/** 1 is Monday. */
const dayName = (weekday: number): string => ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][weekday - 1] ?? '?'

const percentText = (percent: number | null): string => (percent === null ? 'too few to say' : `${percent} %`)

/** Each print client in a few lines: its id and its reason are too long for a table. */
export function clientLines(clients: readonly ClientOfFacility[], now: Date): string {
  if (clients.length === 0) return 'No print client was heard of.\n'
  return clients
    .map(({ clientId, name, heardAt, heartbeat }) => {
      const { version, jobs, diskFreeBytes, clockSkewSeconds } = heartbeat
      return textList([
        ['Client', name === undefined || name === null ? clientId : `${name} (${clientId})`],
        ['Heard', `${ageOf(heardAt, now)} ago, version ${version}`],
        ['Takes', takesText(heartbeat, heardAt, now)],
        ['Jobs', `${jobs.open} open, ${jobs.held} held, ${jobs.failed} failed, ${jobs.inTheShop} in the shop`],
        ['Disk', diskFreeBytes === undefined ? 'not known' : `${Math.floor(diskFreeBytes / 2 ** 30)} GiB free`],
        ['Clock', clockSkewSeconds === undefined ? 'not known' : `${clockSkewSeconds} s off`],
      ])
    })
    .join('\n')
}

/** By when each last moved; STUCK are those of which their facility says nothing any more. */
/** Whether a client takes tickets, as it said itself; undefined where it said yes and is silent since. */
export const takesNow = ({ heardAt, heartbeat }: Pick<ClientOfFacility, 'heardAt' | 'heartbeat'>, now: Date) =>
  heartbeat.isTaking && isSilent(heardAt, now) ? undefined : heartbeat.isTaking

function takesText(heartbeat: ClientOfFacility['heartbeat'], heardAt: string, now: Date): string {
  const isTaking = takesNow({ heardAt, heartbeat }, now)
  if (isTaking === undefined) return 'not known: it is silent'
  return isTaking ? 'yes' : `no: ${heartbeat.reason ?? 'not said'}`
}

export function jobLines(jobs: readonly JobOfFacility[], now: Date): string {
  if (jobs.length === 0) return 'No job waits.\n'
  const rows = jobs.map(({ jobId, orderId, isTest, status, movedAt, isStuck }) => {
    const shown = isStuck ? 'STUCK' : status
    return [jobId, orderId, ageOf(movedAt, now), isTest ? `${shown}, test` : shown]
  })
  return textTable(['JOB', 'ORDER', 'MOVED', 'STATUS'], rows)
}

/** Rounded down: 90 minutes are 1 h. */
function ageOf(at: string | null | undefined, now: Date): string {
  if (at === null || at === undefined) return '-'
  const minutes = Math.max(0, Math.floor((now.getTime() - Date.parse(at)) / 60_000))
  if (minutes < 60) return `${minutes} min`
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / (24 * 60))} d`
}
