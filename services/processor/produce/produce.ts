import { join } from 'node:path'
import { createPdfWriter } from '../assemble/pdf-writer.ts'
import { writeComponent } from '../assemble/write-component.ts'
import { finding } from '../job/finding.ts'
import type { JobPlan } from '../plan/job-plan.ts'
import type { Output, SourceFile } from '../sandbox/protocol.ts'
import { createArtworkShelf, type OpenedPdfs } from './open-sources.ts'

/** Makes every print file of the plan in the job folder; `documentId` (32 hex digits) goes into their trailers. */
export async function produce(folder: string, plan: JobPlan, sources: readonly SourceFile[], documentId: string) {
  const opened: OpenedPdfs = new Map()
  const outputs: Output[] = []
  const missing = new Set<string>()
  for (const component of plan.components) {
    const file = `${component.component}.pdf`
    const writer = createPdfWriter(join(folder, file))
    const shelf = createArtworkShelf(folder, sources, opened, writer)
    const written = await writeComponent(component, shelf, writer, documentId)
    for (const sign of written.missing) missing.add(sign)
    outputs.push({ component: component.component, file, pages: component.pages.length })
  }
  return { outputs, findings: missing.size > 0 ? [missingSigns([...missing])] : [] }
}

const missingSigns = (signs: readonly string[]) =>
  finding('FONT_SUBSTITUTED', {
    file: 'cover',
    found: `signs that the cover typeface does not have: ${signs.slice(0, 20).join(' ')}`,
    wanted: 'Latin, Greek or Cyrillic letters',
    action: 'They were left out of the cover text. Send a cover file to have the title in its own script.',
  })
