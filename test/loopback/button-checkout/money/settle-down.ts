import type { MoneyWorld } from './money-world.ts'

const minute = 60_000

/** Time passes, and a worker looks every few minutes, as it does. */
export async function pass(world: MoneyWorld, milliseconds: number, everyMilliseconds = 5 * minute): Promise<void> {
  const until = world.clock.nowEpochMs + milliseconds
  while (world.clock.nowEpochMs < until) {
    world.clock.nowEpochMs = Math.min(until, world.clock.nowEpochMs + everyMilliseconds)
    await world.standIn.tick()
    await world.sweep()
    await world.follow().catch(() => undefined)
  }
}
