import type { Words } from '../words/en.ts'
import type { Sounds } from './scan/sounds.ts'
import type { Acting } from './state/use-acting.ts'

/** What every part of the page is given. */
export type Tools = {
  readonly words: Words
  readonly locale: string
  readonly acting: Acting
  readonly sounds: Sounds
  /** Says something shortly, for eyes and screen readers; undefined takes it away. */
  readonly say: (text: string | undefined) => void
}
