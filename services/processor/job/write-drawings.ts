import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ComponentPlan, JobPlan } from '../plan/job-plan.ts'
import { openPlain } from '../sandbox/open-plain.ts'
import type { PreviewFile } from '../sandbox/protocol.ts'
import { overlayOf } from '../verify/overlay.ts'

/** Drawings to lay over the previews of a print file, and a sheet with its folds and panels as one picture. */
export type ProofFile = {
  readonly component: ComponentPlan['component']
  readonly overlay: string
  readonly proof?: string
}

/**
 * Writes the overlay of each print file, and of a sheet with panels a proof with folds, trim and names, into the folder of
 * a judge that has been ended. They are SVG, which browsers obey: made here, of the plan's numbers and of pictures that
 * were looked at, and of no text that a judge gave.
 */
export async function writeDrawings(
  folder: string,
  { components }: JobPlan,
  previews: readonly PreviewFile[],
): Promise<readonly ProofFile[]> {
  const proofs: ProofFile[] = []
  for (const plan of components) {
    const { component, panels = [] } = plan
    const overlay = `overlay-${component}.svg`
    await place(join(folder, overlay), overlayOf(plan))
    const first = previews.find((each) => each.component === component && each.page === 1 && each.panel === undefined)
    if (!first || panels.length < 2) {
      proofs.push({ component, overlay })
      continue
    }
    const proof = `proof-${component}.svg`
    await place(join(folder, proof), overlayOf(plan, await dataAddress(join(folder, first.file))))
    proofs.push({ component, overlay, proof })
  }
  return proofs
}

/** Whatever the judge has put in its place goes; a link is not followed. */
async function place(path: string, text: string): Promise<void> {
  await rm(path, { recursive: true, force: true })
  await writeFile(path, text, { flag: 'wx' })
}

async function dataAddress(path: string): Promise<string> {
  const file = await openPlain(path)
  try {
    return `data:image/jpeg;base64,${(await file.readFile()).toString('base64')}`
  } finally {
    await file.close()
  }
}
