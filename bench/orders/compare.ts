import { type Round, type RoundPlan, runRound } from './round.ts'
import { percentile, type Spread, spreadOf } from './statistics.ts'

/** One side of a comparison, over all its rounds. */
export type Side = {
  readonly perSecond: Spread
  readonly p50Ms: number
  readonly p99Ms: number
  readonly calls: number
  /** Median of the rounds, by process. */
  readonly cpuMsPerOrder: Readonly<Record<string, number>>
  readonly settleMs: Spread
}

export type Comparison = {
  readonly first: Side
  readonly second: Side
  readonly pairs: number
  /** first / second in calls per second, pair by pair. */
  readonly ratio: Spread
}

export type Pairs = { readonly rounds: number; readonly seconds: number; readonly signal: AbortSignal }

const warmUpCalls = 1500

/**
 * Measures two sides in `rounds` pairs of rounds of about `seconds`. They take turns in going first: what one leaves
 * behind (dirty pages, heat) and what else the machine does fall on both alike. Ends between two rounds when `signal` aborts.
 */
export async function compare(first: RoundPlan, second: RoundPlan, { rounds, seconds, signal }: Pairs) {
  const run = (plan: RoundPlan, count: number): Promise<Round> => {
    signal.throwIfAborted()
    return runRound(plan, count)
  }
  // The first rounds compile and fill caches; the second tell how many calls make a round of that length.
  for (const plan of [first, second]) await run(plan, warmUpCalls)
  const countOf = async (plan: RoundPlan) => Math.ceil((await run(plan, warmUpCalls)).perSecond * seconds)
  const counts = { first: await countOf(first), second: await countOf(second) }
  const made: { first: Round[]; second: Round[] } = { first: [], second: [] }
  for (let round = 0; round < rounds; round += 1) {
    const turns = [
      async () => made.first.push(await run(first, counts.first)),
      async () => made.second.push(await run(second, counts.second)),
    ]
    for (const turn of round % 2 === 0 ? turns : turns.reverse()) await turn()
  }
  return {
    first: sideOf(made.first),
    second: sideOf(made.second),
    pairs: rounds,
    ratio: spreadOf(made.first.map(({ perSecond }, pair) => perSecond / (made.second[pair]?.perSecond ?? Number.NaN))),
  } satisfies Comparison
}

function sideOf(rounds: readonly Round[]): Side {
  const latencies = rounds.flatMap(({ load }) => load.latenciesMs)
  const names = Object.keys(rounds[0]?.cpuMsPerOrder ?? {})
  const cpuOf = (name: string) => spreadOf(rounds.map(({ cpuMsPerOrder }) => cpuMsPerOrder[name] ?? Number.NaN)).median
  return {
    perSecond: spreadOf(rounds.map(({ perSecond }) => perSecond)),
    p50Ms: percentile(latencies, 0.5),
    p99Ms: percentile(latencies, 0.99),
    calls: latencies.length,
    cpuMsPerOrder: Object.fromEntries(names.map((name) => [name, cpuOf(name)])),
    settleMs: spreadOf(rounds.map(({ settleMs }) => settleMs)),
  }
}
