import { readCode } from '../../model/codes.ts'

/** Keys that came one after another: as they read, and as they would on a US keyboard. */
export type Burst = { readonly text: string; readonly us: string; readonly lastAtMs: number }

export const noBurst: Burst = { text: '', us: '', lastAtMs: Number.NEGATIVE_INFINITY }

/** People type slower than this, scanners faster. */
const fastMs = 80

/** One more key. After a pause a new burst begins. */
export function afterKey({ text, us, lastAtMs }: Burst, key: string, usKey: string, atMs: number): Burst {
  if (atMs - lastAtMs > fastMs) return { text: key, us: usKey, lastAtMs: atMs }
  return { text: text + key, us: us + usKey, lastAtMs: atMs }
}

/** The code of ours that the burst is, in one of the two readings; undefined where it is something else. */
export const codeIn = ({ text, us }: Pick<Burst, 'text' | 'us'>): string | undefined =>
  [text, us].find((each) => readCode(each) !== undefined)
