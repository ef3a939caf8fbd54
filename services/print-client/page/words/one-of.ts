import type { Words } from './en.ts'

/** The words of one of a family, such as `stage_` and `held`; undefined where there are none. */
export function oneOf(words: Words, family: string, name: string): string | undefined {
  const found = Object.entries(words).find(([key]) => key === family + name)
  return found?.[1]
}
