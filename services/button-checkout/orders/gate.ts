import { Transient } from '#chassis/errors.ts'

/** A call that fails after this holds up everything else that is due; */
const slowMilliseconds = 2_000
/** after so many in a row */
const mostSlow = 4
/** only one is tried in this time. */
const restMilliseconds = 10_000

/** Asks, or throws Transient at once. `isAnswer`: whether what came back is one. */
export type Gate = <T>(ask: () => Promise<T>, isAnswer?: (found: T) => boolean) => Promise<T>

/**
 * Stands before somebody whom many wait for. Whoever does not answer in time is asked by one caller every ten seconds until they do; all others
 * are told so at once, and come again by their own pauses: a service that hangs must hold up nobody who needs another one.
 */
export function createGate(nowMilliseconds: () => number = () => performance.now()): Gate {
  let slow = 0
  let closedUntil = 0
  const told = (from: number, isAnswer: boolean): void => {
    const isSlow = !isAnswer && nowMilliseconds() - from >= slowMilliseconds
    slow = isSlow ? slow + 1 : 0
    if (slow >= mostSlow) closedUntil = nowMilliseconds() + restMilliseconds
  }
  return async (ask, isAnswer = () => true) => {
    const from = nowMilliseconds()
    if (slow >= mostSlow) {
      if (from < closedUntil) throw new Transient('Nobody answers there at the moment; others have just tried.')
      closedUntil = from + restMilliseconds
    }
    try {
      const found = await ask()
      told(from, isAnswer(found))
      return found
    } catch (error) {
      told(from, !(error instanceof Transient))
      throw error
    }
  }
}
