import type { Facility } from '#contracts/facility.ts'
import type { ClientOfFacility, JobOfFacility } from '../facilities/facility-store.ts'
import { noFigures, sharesOf } from '../facilities/figures.ts'
import { isSilent } from '../facilities/is-silent.ts'
import type { Standing } from '../facilities/read-standings.ts'
import { textList, textTable } from './text-table.ts'

type Stood = { readonly facility: Facility; readonly standing: Standing | undefined }

/** Every facility, one a line. */
export function facilityLines(facilities: readonly Stood[], now: Date): string {
  if (facilities.length === 0) return 'There is no facility yet: npm run operator -- facility add FILE\n'
  const rows = facilities.map(({ facility, standing }) => [
    ...[facility.id, facility.name, facility.country, facility.status],
    heardText(standing, now),
    ...[standing?.clients, standing?.jobs, standing?.unclaimed].map((count) => String(count ?? 0)),
    ageOf(standing?.oldestUnclaimedAt, now),
  ])
  return textTable(['ID', 'NAME', 'IN', 'STATUS', 'HEARD', 'CLIENTS', 'JOBS', 'UNCLAIMED', 'OLDEST'], rows)
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
    ['Makes', `${facility.products.length} products, on ${facility.papers?.length ?? 0} papers of its own`],
    ['Capacity', capacity ? `${capacity.itemsADay} items, ${capacity.pagesADay} pages a day` : 'not known'],
    ['Open', opening ? `days ${opening.weekdays.join(' ')}, until ${opening.cutOff} ${opening.timeZone}` : 'not known'],
    ['Jobs', `${standing?.jobs ?? 0} live, ${standing?.unclaimed ?? 0} unclaimed`],
    ['Oldest', `${ageOf(standing?.oldestJobAt, now)}, unclaimed ${ageOf(standing?.oldestUnclaimedAt, now)}`],
    ['On time', percentText(onTimePercent)],
    ['Reprinted', percentText(reprintPercent)],
  ])
}

const heardText = (standing: Standing | undefined, now: Date): string => {
  const at = standing?.lastHeardAt ?? null
  if (at === null) return 'never'
  return isSilent(at, now) ? `SILENT ${ageOf(at, now)}` : `${ageOf(at, now)} ago`
}

const percentText = (percent: number | null): string => (percent === null ? 'too few to say' : `${percent} %`)

export function clientLines(clients: readonly ClientOfFacility[], now: Date): string {
  if (clients.length === 0) return 'No print client was heard of.\n'
  const rows = clients.map(({ clientId, name, heardAt, heartbeat }) => {
    const { version, isTaking, reason, jobs, diskFreeBytes, clockSkewSeconds } = heartbeat
    return [
      ...[name ?? '-', clientId, `${ageOf(heardAt, now)} ago`, version],
      isTaking ? 'yes' : `no: ${reason ?? 'not said'}`,
      [jobs.open, jobs.held, jobs.failed, jobs.inTheShop].join('/'),
      diskFreeBytes === undefined ? '-' : `${Math.floor(diskFreeBytes / 2 ** 30)} GiB`,
      clockSkewSeconds === undefined ? '-' : `${clockSkewSeconds} s`,
    ]
  })
  return textTable(['CLIENT', 'ID', 'HEARD', 'VERSION', 'TAKES', 'OPEN/HELD/FAILED/SHOP', 'DISK', 'CLOCK'], rows)
}

export function jobLines(jobs: readonly JobOfFacility[], now: Date): string {
  if (jobs.length === 0) return 'No job waits.\n'
  const rows = jobs.map(({ jobId, orderId, isTest, status, since }) => [
    ...[jobId, orderId, isTest ? 'test' : 'live', status, ageOf(since, now)],
  ])
  return textTable(['JOB', 'ORDER', 'WORLD', 'STATUS', 'SINCE'], rows)
}

/** Rounded down: 90 minutes are 1 h. */
function ageOf(at: string | null | undefined, now: Date): string {
  if (at === null || at === undefined) return '-'
  const minutes = Math.max(0, Math.floor((now.getTime() - Date.parse(at)) / 60_000))
  if (minutes < 60) return `${minutes} min`
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / (24 * 60))} d`
}
