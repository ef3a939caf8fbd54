import type { Clock } from '#chassis/clock.ts'
import { Transient } from '#chassis/errors.ts'
import type { OutputHealth } from '../desk/desk-health.ts'
import type { Output } from '../outputs/output.ts'
import type { Outputs } from '../outputs/outputs.ts'
import { requireDiskRoom } from '../outputs/room.ts'

/** Whether tickets may be taken now. */
export type Room = {
  /** Throws where no job at all could go out: the state folder's disk is full, or every output refuses. */
  readonly require: () => Promise<void>
  /** How each output stands, at most some seconds old. */
  readonly outputs: () => Promise<readonly OutputHealth[]>
  /** Why no ticket comes from the facility's queue; undefined while it answers. */
  readonly queueFault: () => string | undefined
  /** How the last call for tickets ended: undefined where the queue answered. */
  readonly hearQueue: (fault: Error | undefined) => void
}

const freshMilliseconds = 5_000
/** One call that gets no answer is no news. */
const missesUntilAway = 2

/**
 * One output that refuses stops the tickets of its own products alone: nobody knows what a ticket is for before it is taken, and the others
 * must not wait.
 */
export function createRoom(outputs: Outputs, stateFolder: string, clock: Pick<Clock, 'now'>): Room {
  let seen: { readonly at: number; readonly outputs: readonly OutputHealth[] } | undefined
  let misses = 0
  let queueFault: string | undefined
  return {
    queueFault: () => (misses < missesUntilAway ? undefined : queueFault),
    hearQueue: (fault) => {
      misses = fault === undefined ? 0 : misses + 1
      queueFault = fault && `The facility’s queue gives no tickets: ${fault.message || fault.name}`
    },
    require: async () => {
      await requireDiskRoom([stateFolder], 0)
      const asked = await Promise.allSettled(outputs.all.map((output) => output.requireRoom(0)))
      const refused = asked.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []))
      if (refused.length === outputs.all.length) throw refused[0]
    },
    outputs: async () => {
      const at = clock.now().getTime()
      if (seen === undefined || Math.abs(at - seen.at) > freshMilliseconds) {
        seen = { at, outputs: await Promise.all(outputs.all.map(healthOf)) }
      }
      return seen.outputs
    },
  }
}

async function healthOf(output: Output): Promise<OutputHealth> {
  const { name, kind } = output
  try {
    await output.requireRoom(0)
    return { name, kind, isReady: true }
  } catch (error) {
    if (!(error instanceof Transient)) throw error
    return { name, kind, isReady: false, reason: error.message }
  }
}
