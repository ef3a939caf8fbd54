import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { imageEngine } from '../pictures/sharp-engine.ts'
import type { ComponentPlan } from '../plan/job-plan.ts'
import type { PreviewFile } from '../sandbox/protocol.ts'
import { overlayOf } from './overlay.ts'
import { pixelsOf, shareOf } from './share.ts'

/** The overlay of a print file, and of a sheet with panels each panel by itself and a proof with folds, trim and names. */
export async function writeProofs(folder: string, plan: ComponentPlan, first: PreviewFile | undefined) {
  const { component, panels = [] } = plan
  const overlay = `overlay-${component}.svg`
  await writeFile(join(folder, overlay), overlayOf(plan))
  if (!first || panels.length < 2) return { overlay, panels: [] }
  const picture = await readFile(join(folder, first.file))
  const proof = `proof-${component}.svg`
  await writeFile(join(folder, proof), overlayOf(plan, `data:image/jpeg;base64,${picture.toString('base64')}`))
  const sheet = { x: 0, y: 0, width: plan.sheetWidthMm, height: plan.sheetHeightMm }
  const shown = []
  for (const { name, box } of panels) {
    const share = shareOf({ x: box.xMm, y: box.yMm, width: box.widthMm, height: box.heightMm }, sheet)
    const part = pixelsOf(share, first.widthPx, first.heightPx)
    const file = `panel-${component}-${name}.jpg`
    await imageEngine()(picture).extract(part).jpeg({ quality: 85 }).toFile(join(folder, file))
    shown.push({ component, page: 1, file, widthPx: part.width, heightPx: part.height, panel: name })
  }
  return { overlay, proof, panels: shown }
}
