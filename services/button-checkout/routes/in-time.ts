import { Transient } from '#chassis/errors.ts'

/**
 * `work`, if it is done in this time; else Transient, and it goes on by itself. Whoever works with a payment may have to ask its provider several
 * times, and no visitor waits for ten seconds.
 */
export async function inTime<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Transient('The payment page did not answer in time; try again.')), milliseconds)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
