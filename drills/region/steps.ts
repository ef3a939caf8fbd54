import type { Figure } from '../drill.ts'

/** Steps of a runbook, one after another, each with its time. */
export type Steps = {
  readonly step: <T>(name: string, work: () => Promise<T>) => Promise<T>
  readonly figures: () => readonly Figure[]
}

export function timedSteps(tell: (words: string) => void): Steps {
  const figures: Figure[] = []
  return {
    step: async (name, work) => {
      tell(name)
      const beganAt = performance.now()
      const result = await work()
      figures.push({ name, value: (performance.now() - beganAt) / 1000, unit: 's' })
      return result
    },
    figures: () => figures,
  }
}
