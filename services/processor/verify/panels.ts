import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { imageEngine } from '../pictures/sharp-engine.ts'
import type { ComponentPlan } from '../plan/job-plan.ts'
import type { PreviewFile } from '../sandbox/protocol.ts'
import { pixelsOf, shareOf } from './share.ts'

const quality = 85

/** Of a sheet with panels each panel by itself, cut out of the sheet's preview. */
export async function writePanels(
  folder: string,
  { component, panels = [], sheetWidthMm, sheetHeightMm }: ComponentPlan,
  first: PreviewFile | undefined,
): Promise<readonly PreviewFile[]> {
  if (!first || panels.length < 2) return []
  const picture = await readFile(join(folder, first.file))
  const sheet = { x: 0, y: 0, width: sheetWidthMm, height: sheetHeightMm }
  const shown: PreviewFile[] = []
  for (const { name, box } of panels) {
    const share = shareOf({ x: box.xMm, y: box.yMm, width: box.widthMm, height: box.heightMm }, sheet)
    const part = pixelsOf(share, first.widthPx, first.heightPx)
    const file = `panel-${component}-${name}.jpg`
    await imageEngine()(picture).extract(part).jpeg({ quality }).toFile(join(folder, file))
    shown.push({ component, page: 1, file, widthPx: part.width, heightPx: part.height, panel: name })
  }
  return shown
}
