export type When = 'before' | 'after'

/** A process that dies at one of its steps: from then on nothing that it asks is done, until another one takes its place. */
export function createCrash() {
  let left = Number.POSITIVE_INFINITY
  let when: When = 'before'
  let isDead = false
  const die = (): never => {
    isDead = true
    throw new Error('killed')
  }
  return {
    /** Dies at the step with this number, counted from now on: before it is done, or after. */
    at: (step: number, wanted: When): void => {
      left = step
      when = wanted
    },
    isDead: () => isDead,
    revive: (): void => {
      left = Number.POSITIVE_INFINITY
      isDead = false
    },
    around:
      <A extends readonly unknown[], R>(act: (...given: A) => Promise<R>) =>
      async (...given: A): Promise<R> => {
        if (isDead) throw new Error('nobody there')
        left -= 1
        if (left === 0 && when === 'before') die()
        const done = await act(...given)
        if (left === 0 && when === 'after') die()
        return done
      },
  }
}
