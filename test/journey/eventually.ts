import { setTimeout as pause } from 'node:timers/promises'

const pollMilliseconds = 60

/** What `look` finds, as soon as it finds something; throws with what was seen last when `seconds` are over. */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | undefined>,
  { seconds = 60, seen = () => '' }: { readonly seconds?: number; readonly seen?: () => string } = {},
): Promise<T> {
  const end = performance.now() + seconds * 1000
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (performance.now() > end) throw new Error(`Not within ${seconds} s: ${what}. ${seen()}`)
    await pause(pollMilliseconds)
  }
}
