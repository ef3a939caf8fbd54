import type { Facility } from '#contracts/facility.ts'
import { type FacilityView, figureDays } from '#contracts/order-api/facility-view.ts'
import { noFigures, sharesOf } from './figures.ts'
import { isSilent } from './is-silent.ts'
import type { Standing } from './read-standings.ts'

/** A facility as every account may see it: its capacity, its carriers and its single clients are the operator's. */
export function presentFacility(facility: Facility, standing: Standing | undefined, now: Date): FacilityView {
  const lastHeardAt = standing?.lastHeardAt ?? null
  const figures = standing?.figures ?? noFigures
  const shares = sharesOf(figures)
  return {
    id: facility.id,
    object: 'facility',
    name: facility.name,
    country: facility.country,
    city: facility.city,
    status: facility.status,
    products: facility.products.map(({ sku }) => sku),
    papers: (facility.papers ?? []).map(({ caliperMicrometres, ...paper }) => ({
      ...paper,
      caliper_micrometres: caliperMicrometres,
    })),
    opening: openingOf(facility),
    clients: standing?.clients ?? 0,
    last_heard_at: lastHeardAt,
    is_silent: isSilent(lastHeardAt, now),
    queue: {
      jobs: standing?.jobs ?? 0,
      unclaimed: standing?.unclaimed ?? 0,
      oldest_job_at: standing?.oldestJobAt ?? null,
      oldest_unclaimed_at: standing?.oldestUnclaimedAt ?? null,
      oldest_moved_at: standing?.oldestMovedAt ?? null,
    },
    figures: {
      days: figureDays,
      items: figures.items,
      on_time_percent: shares.onTimePercent,
      reprint_percent: shares.reprintPercent,
    },
  }
}

function openingOf({ opening }: Facility): FacilityView['opening'] {
  if (!opening) return null
  const { timeZone, weekdays, cutOff, closedOn = [] } = opening
  return { time_zone: timeZone, weekdays: [...weekdays], cut_off: cutOff, closed_on: [...closedOn] }
}
