import { join } from 'node:path'
import { copyPlain } from '../sandbox/copy-plain.ts'
import type { Output } from '../sandbox/protocol.ts'

/** Writes a print file whole to `target`: with a base, that source's own bytes followed by what was appended. */
export async function joinOutput(folder: string, { base, file }: Output, target: string): Promise<void> {
  if (base !== undefined) await copyPlain(join(folder, base), target, 'new')
  await copyPlain(join(folder, file), target, base === undefined ? 'new' : 'append')
}
