/**
 * Keeps the last few of many things by number: each has one slot, which it takes from whoever was there. A Map that forgets
 * its oldest walks past all it has forgotten before.
 */
export class Slots<T> {
  readonly #numbers: Int32Array
  readonly #things: (T | undefined)[]
  readonly #mask: number

  /** `bits`: two to the power of it is how many are kept. */
  constructor(bits: number) {
    this.#numbers = new Int32Array(1 << bits).fill(-1)
    this.#things = new Array(1 << bits)
    this.#mask = (1 << bits) - 1
  }

  get(number: number): T | undefined {
    const slot = number & this.#mask
    return this.#numbers[slot] === number ? this.#things[slot] : undefined
  }

  set(number: number, thing: T): void {
    const slot = number & this.#mask
    this.#numbers[slot] = number
    this.#things[slot] = thing
  }

  clear(): void {
    this.#numbers.fill(-1)
    this.#things.fill(undefined)
  }
}
