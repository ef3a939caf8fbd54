import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { type ComponentRequest, writeComponent } from '../assemble/write-component.ts'
import { finding } from '../job/finding.ts'
import { createPdfAppendix, createPdfWriter } from '../pdf/pdf-writer.ts'
import { UnsoundPicture } from '../pictures/unsound-picture.ts'
import type { ComponentPlan, JobPlan } from '../plan/job-plan.ts'
import type { Output, Progress, SourceFile } from '../sandbox/protocol.ts'
import type { Job } from './job.ts'
import { NotKeepable } from './mender.ts'
import { openedPdfs } from './opened-pdfs.ts'

/** Told after every page and every finished part: pages written, of all pages of all print files. */
export type OnProgress = (progress: Progress) => void

/** Two cores, two pictures (90 MB each): the converter has two threads for them. */
const usualPicturesAhead = 2

/**
 * Makes every print file of the plan in the job folder; `documentId` (32 hex digits) goes into their trailers. An output
 * with a `base` is what is to be appended to that source.
 */
export async function produce(
  folder: string,
  plan: JobPlan,
  sources: readonly SourceFile[],
  documentId: string,
  onProgress: OnProgress = () => undefined,
  picturesAhead = usualPicturesAhead,
) {
  const opened = openedPdfs(folder, sources)
  const pagesOfAll = plan.components.reduce((sum, { pages }) => sum + pages.length, 0)
  let pagesDone = 0
  const onPage = (): void => {
    pagesDone += 1
    onProgress({ pagesDone, pagesOfAll })
  }
  const onPiece = (piece: string): void => onProgress({ pagesDone, pagesOfAll, piece })
  const job = { folder, sources, opened, onPiece, picturesAhead }
  const outputs: Output[] = []
  const missing = new Map<Output['component'], readonly string[]>()
  try {
    for (const component of plan.components) {
      const before = pagesDone
      const written = await writeKept({ plan: component, job, documentId, onPage })
      // Begun in vain: its pages are written and counted again.
      if (!written) pagesDone = before
      const { output, signs } = written ?? (await writeAnew({ plan: component, job, documentId, onPage }))
      if (signs.length > 0) missing.set(component.component, signs)
      outputs.push(output)
    }
  } catch (error) {
    if (error instanceof UnsoundPicture) return { outputs: [], findings: [], wantsProof: true }
    throw error
  } finally {
    opened.close()
  }
  return { outputs, findings: [...missing].map(missingSigns) }
}

type Request = Omit<ComponentRequest, 'base'>
type Written = { readonly output: Output; readonly signs: readonly string[] }

/** An update of the plan's base; undefined where there is none, or where it turns out not to be fit for it. */
async function writeKept(request: Request): Promise<Written | undefined> {
  const { plan, job } = request
  const base = baseOf(plan, job)
  if (!base) return undefined
  const file = `${plan.component}.appendix`
  const path = join(job.folder, file)
  rmSync(path, { force: true })
  try {
    const signs = await writeComponent({ ...request, base: base.pdf }, createPdfAppendix(path, base.pdf.file))
    return { output: { component: plan.component, file, base: base.file, pages: plan.pages.length }, signs }
  } catch (error) {
    if (!(error instanceof NotKeepable)) throw error
    rmSync(path)
    return undefined
  }
}

async function writeAnew(request: Request): Promise<Written> {
  const { plan, job } = request
  const file = `${plan.component}.pdf`
  const path = join(job.folder, file)
  rmSync(path, { force: true })
  const signs = await writeComponent({ ...request, base: undefined }, createPdfWriter(path))
  return { output: { component: plan.component, file, pages: plan.pages.length }, signs }
}

/** What inspection found of the base is looked at once more: a locked or mended file cannot be continued. */
function baseOf({ base }: ComponentPlan, { sources, opened }: Job) {
  const source = base === undefined ? undefined : sources[base]
  if (base === undefined || source?.format !== 'pdf') return undefined
  const pdf = opened.pdf(base)
  return pdf.file.isEncrypted || pdf.file.wasRebuilt ? undefined : { pdf, file: source.file }
}

const missingSigns = ([component, signs]: readonly [Output['component'], readonly string[]]) =>
  finding('FONT_SUBSTITUTED', {
    file: component,
    found: `words with signs that our typeface does not have: ${signs.slice(0, 20).join(' ')}`,
    wanted: 'Latin, Greek or Cyrillic letters',
    action:
      component === 'cover'
        ? 'They were left out of title, spine and subtitle. Send a cover file to have them in their own script.'
        : 'They were left out of the captions. Set the caption into the picture to have them in their own script.',
  })
