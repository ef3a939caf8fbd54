import type { Sandbox } from './sandbox.ts'
import { SandboxError } from './sandbox-error.ts'

/**
 * The same child, with one limit for all that it is asked from now on: a job that is slow in every room is stopped too.
 * A request that is given more than that by itself may take so much longer. When nothing is left it is not asked: a warm child might
 * answer before a limit of a millisecond ends it.
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
      const left = Math.max(0, endsAt - now()) + Math.max(0, limitMilliseconds - milliseconds)
      if (left === 0) return Promise.reject(new SandboxError('limit', `More than ${milliseconds} ms for one job`))
      return sandbox.ask(request, answer, Math.min(left, limitMilliseconds), onProgress)
    },
  }
}
