const key = 'carriers'
/** Of this browser: the last ones used, to be chosen by one press. */
const atMost = 4

/** Carriers that were used here, the last one first. */
export function knownCarriers(): readonly string[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
    return Array.isArray(value) ? value.filter((each) => typeof each === 'string').slice(0, atMost) : []
  } catch {
    // A browser that keeps nothing: they are typed.
    return []
  }
}

export const carrierUsedBefore = (): string => knownCarriers()[0] ?? ''

export function rememberCarrier(carrier: string): void {
  if (carrier === '') return
  const others = knownCarriers().filter((each) => each !== carrier)
  try {
    localStorage.setItem(key, JSON.stringify([carrier, ...others].slice(0, atMost)))
  } catch {
    // The same: nothing depends on it.
  }
}
