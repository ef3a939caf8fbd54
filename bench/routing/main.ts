import { defaultRoutingPolicy, type RoutingWeights } from '#contracts/order-api/routing.ts'
import type { PriceData } from '#pricing/price-data.ts'
import type { PricedPart } from '#pricing/price-order.ts'
import { routeOrder } from '#pricing/routing/route-order.ts'
import { host } from '../host.ts'
import { percentile } from '../orders/statistics.ts'
import { runAndPrint } from '../run-and-print.ts'
import { naiveRoute } from './naive.ts'
import { facilityCount, makeWorld, products } from './world.ts'

const onlyCost: RoutingWeights = { distance: 0, cost: 100, date: 0, load: 0, quality: 0 }

await runAndPrint(async (signal) => report(signal))

/** Decisions one after the other in this process, each with its own order, after as many that are not counted. CPU time beside: other programs do not count. */
async function report(signal: AbortSignal): Promise<string> {
  const machine = host()
  const { data, parts } = makeWorld()
  const before = heapMegabytes()
  const rows = [
    ['usual weights', line(parts, (part) => routeOrder(part, 'standard', data))],
    ['usual weights, one item', line(parts.filter(isOfOne), (part) => routeOrder(part, 'standard', data))],
    ['the price alone', line(parts.slice(0, 60), (part) => routeOrder(part, 'standard', withWeights(data, onlyCost)))],
  ]
  const kept = (heapMegabytes() - before).toFixed(1)
  signal.throwIfAborted()
  const few = parts.slice(0, 60)
  rows.push(['naive scan, usual weights', line(few, (part) => naiveRoute(part, data))])
  rows.push(['naive scan, the price alone', line(few, (part) => naiveRoute(part, data, onlyCost))])
  return [
    `${facilityCount} facilities, each makes ${products.length} products; orders of 1 to 3 items`,
    `${machine.date} · ${machine.cpu}, ${machine.cores} cores · Node ${machine.node} · load ${machine.loadBefore}`,
    ...rows.map(([name = '', figures = '']) => `${name.padEnd(28)} ${figures}`),
    `directory, tariff, distances and load: ${kept} MB beside the facilities and books themselves`,
    '',
  ].join('\n')
}

function isOfOne({ items }: PricedPart): boolean {
  return items.length === 1
}

function withWeights(data: PriceData, weights: RoutingWeights): PriceData {
  return { ...data, policy: { ...defaultRoutingPolicy, weights } }
}

function line(parts: readonly PricedPart[], decide: (part: PricedPart) => unknown): string {
  for (const part of parts) decide(part)
  const times = parts.map((part) => {
    const cpu = process.cpuUsage()
    const begun = performance.now()
    decide(part)
    const wallMs = performance.now() - begun
    const { user, system } = process.cpuUsage(cpu)
    return { wallMs, cpuMs: (user + system) / 1000 }
  })
  const at = (name: 'wallMs' | 'cpuMs', share: number): string =>
    percentile(
      times.map((each) => each[name]),
      share,
    ).toFixed(2)
  return `p50 ${at('wallMs', 0.5)} ms, p99 ${at('wallMs', 0.99)} ms; CPU p50 ${at('cpuMs', 0.5)} ms, p99 ${at('cpuMs', 0.99)} ms`
}

function heapMegabytes(): number {
  globalThis.gc?.()
  return process.memoryUsage().heapUsed / 1e6
}
