import type { Sandbox } from './sandbox.ts'

/**
 * The same child, with one limit for all that it is asked from now on: a job that is slow in every room is stopped too.
 * A request that is given more than that by itself may take so much longer.
 */
export function withinTime(
  sandbox: Sandbox,
  milliseconds: number,
  now: () => number = () => performance.now(),
): Sandbox {
  const endsAt = now() + milliseconds
  return {
    ...sandbox,
    ask: (request, answer, limitMilliseconds, onProgress) => {
      const left = Math.max(1, endsAt - now()) + Math.max(0, limitMilliseconds - milliseconds)
      return sandbox.ask(request, answer, Math.min(left, limitMilliseconds), onProgress)
    },
  }
}
