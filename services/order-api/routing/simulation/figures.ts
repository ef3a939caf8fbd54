import type { CurrencyCode } from '#contracts/money.ts'
import type { RoutingFigures } from '#contracts/order-api/routing-simulation.ts'
import type { Replayed, Share } from './replay.ts'

/** One line of the table. */
export function figuresOf(shares: readonly Share[]): RoutingFigures {
  const cost = new Map<CurrencyCode, number>()
  for (const share of shares) {
    if (share.cost) cost.set(share.cost.currency, (cost.get(share.cost.currency) ?? 0) + share.cost.minor)
  }
  return {
    orders: shares.length,
    copies: shares.reduce((sum, { copies }) => sum + copies, 0),
    cost: [...cost].sort(([a], [b]) => (a < b ? -1 : 1)).map(([currency, amount]) => ({ amount, currency })),
    without_price: shares.filter((share) => share.cost === undefined).length,
    average_km: Math.round(average(shares.flatMap((share) => share.distanceKm ?? []))),
    average_days: Math.round(10 * average(shares.flatMap(({ days }) => days ?? []))) / 10,
    late_percent: Math.round(10 * average(shares.map(({ onTimePercent }) => 100 - onTimePercent))) / 10,
  }
}

const average = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, each) => sum + each, 0) / values.length

/** The lines of the facilities that printed, or would have printed, something. */
export function facilitiesOf(replayed: readonly Replayed[]) {
  const happened = replayed.flatMap((each) => each.happened)
  const simulated = replayed.flatMap((each) => each.simulated)
  const ids = [...new Set([...happened, ...simulated].map(({ facilityId }) => facilityId))].sort()
  const of = (shares: readonly Share[], id: string) => figuresOf(shares.filter(({ facilityId }) => facilityId === id))
  return ids.map((id) => ({ facility_id: id, happened: of(happened, id), simulated: of(simulated, id) }))
}

export const isMoved = ({ happened, simulated }: Replayed): boolean =>
  simulated.length > 0 && idsOf(happened).join() !== idsOf(simulated).join()

export const idsOf = (shares: readonly Share[]): string[] => shares.map(({ facilityId }) => facilityId).sort()
