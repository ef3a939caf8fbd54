import { Child } from './child.ts'
import { inOrder, type Ordered, reversed } from './in-order.ts'
import type { Logs } from './logs.ts'
import type { ProcessSpec } from './process-spec.ts'

/** All that is left after this is killed by its pid. */
const stopWithinMilliseconds = 15_000

/** Something to do once between the starts of processes, such as filling the database. */
export type OneTimeStep = Ordered & { readonly act: () => Promise<void> }

export type Supervisor = {
  readonly children: ReadonlyMap<string, Child>
  /** Starts everything in its order; resolves when all is ready. On a failure what runs goes on until `stop`. */
  readonly start: () => Promise<void>
  /** Ends everything in the opposite order, within 15 s, or at once when `now` aborts. Safe to call twice. */
  readonly stop: (now?: AbortSignal) => Promise<void>
}

/** Runs `processes` as its children, with `steps` between them; `changed` hears of every start and end. */
export function createSupervisor(
  processes: readonly ProcessSpec[],
  steps: readonly OneTimeStep[],
  logs: Logs,
  changed: (child: Child) => void,
): Supervisor {
  const children = new Map(processes.map((spec) => [spec.name, supervised(spec, logs, changed)]))
  const isStopping = new AbortController()
  const runnable = [...children.values()].map((child) => ({
    name: child.spec.name,
    after: child.spec.after,
    act: () => child.start(),
  }))
  const all: OneTimeStep[] = [...runnable, ...steps]
  const patient = new Set(processes.filter(({ isPatient }) => isPatient).map(({ name }) => name))
  const startable = all.map((step) => (patient.has(step.name) ? { ...step, after: [] } : step))
  let stopped: Promise<void> | undefined

  const stopAll = async (now: AbortSignal | undefined) => {
    isStopping.abort()
    const late = AbortSignal.timeout(stopWithinMilliseconds)
    const limit = now ? AbortSignal.any([late, now]) : late
    await inOrder(reversed(all), async ({ name }) => children.get(name)?.stop(limit))
  }

  return {
    children,
    start: () =>
      inOrder(startable, async ({ act }) => {
        // Stopped while others were still starting: begin nothing more.
        isStopping.signal.throwIfAborted()
        await act()
      }),
    stop: (now) => {
      stopped ??= stopAll(now)
      return stopped
    },
  }
}

function supervised(spec: ProcessSpec, logs: Logs, changed: (child: Child) => void): Child {
  const child: Child = new Child(spec, {
    line: (text) => logs.line(spec.name, text),
    event: (name, fields) => logs.event('warn', name, fields),
    changed: () => changed(child),
  })
  return child
}
