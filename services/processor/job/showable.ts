import { join } from 'node:path'
import type { ComponentPlan, JobPlan } from '../plan/job-plan.ts'
import { openPlain } from '../sandbox/open-plain.ts'
import type { PreviewFile, ShownPage } from '../sandbox/protocol.ts'
import { SandboxError } from '../sandbox/sandbox-error.ts'
import { shownName } from '../show/shown-name.ts'
import { mostPreviews } from '../verify/most-previews.ts'

/** Noise of 1200 × 1200 pixels takes half of it. */
const mostBytes = 4 * 1024 ** 2
const mostPx = 2000
const jpegStart = 'ffd8ff'

/**
 * Throws SandboxError unless these pictures may be shown and stored: named by what they show, each once and no more of them
 * than were planned, JPEGs of a modest size. A judge in a hostile file's hands could name a print file as one of its
 * pictures, or have people's browsers told that a page of its own making is one.
 */
export async function mustBeShowable(
  folder: string,
  { components }: JobPlan,
  previews: readonly PreviewFile[],
): Promise<void> {
  const names = new Set(previews.map(({ file }) => file))
  if (names.size !== previews.length) throw new SandboxError('fault', 'The judge drew one picture twice')
  for (const preview of previews) {
    const plan = components.find(({ component }) => component === preview.component)
    if (!plan || !isPlanned(preview, plan) || !(await isJpeg(join(folder, preview.file))))
      throw new SandboxError('fault', `The judge drew what was not planned: ${preview.file}`)
  }
}

/**
 * The same of pictures of the sources' own pages: each named by what it shows, once, in a room of its own. Throws SandboxError.
 */
export async function mustBeShownPages(folder: string, sources: number, shown: readonly ShownPage[]): Promise<void> {
  const names = new Set(shown.map(({ file }) => file))
  if (names.size !== shown.length) throw new SandboxError('fault', 'The converter drew one page twice')
  for (const { source, page, file, widthPx, heightPx } of shown) {
    const isAsked = source < sources && file === shownName(source, page) && isModest(widthPx, heightPx)
    if (!isAsked || !(await isJpeg(join(folder, file))))
      throw new SandboxError('fault', `The converter drew what nobody asked for: ${file}`)
  }
}

const isModest = (...sides: readonly number[]): boolean => sides.every((side) => side >= 1 && side <= mostPx)

function isPlanned({ component, page, panel, file, widthPx, heightPx }: PreviewFile, plan: ComponentPlan): boolean {
  if (!isModest(widthPx, heightPx)) return false
  if (panel === undefined)
    return file === `preview-${component}-${page}.jpg` && page <= Math.min(plan.pages.length, mostPreviews)
  const isPanel = plan.panels?.some(({ name }) => name === panel) ?? false
  return isPanel && page === 1 && file === `panel-${component}-${panel}.jpg`
}

async function isJpeg(path: string): Promise<boolean> {
  const file = await openPlain(path)
  try {
    const head = Buffer.alloc(3)
    await file.read(head, 0, head.length, 0)
    return head.toString('hex') === jpegStart && (await file.stat()).size <= mostBytes
  } finally {
    await file.close()
  }
}
