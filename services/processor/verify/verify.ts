import type { Finding } from '#contracts/findings.ts'
import type { LookedPages } from '#contracts/messages/preflight-report.ts'
import type { ByteSource } from '../pdf/byte-source.ts'
import { joinedBytes } from '../pdf/byte-sources.ts'
import { openWithPdfium, type PdfiumDocument } from '../pdfium/document.ts'
import type { ComponentPlan, JobPlan } from '../plan/job-plan.ts'
import { type OpenedBytes, openedBytes } from '../ranges/opened-bytes.ts'
import type { Output, PreviewFile, SourceFile } from '../sandbox/protocol.ts'
import { farBoxes, farObjects } from './far-objects.ts'
import { type Judging, lookAtPages } from './look-at-pages.ts'
import { writePanels } from './panels.ts'
import { createStandardCheck } from './print-standard.ts'
import type { RawObject } from './raw-objects.ts'
import { activeIn } from './scan-objects.ts'
import { finePx, openSourcePictures } from './source-pictures.ts'
import { createLengthCheck } from './stream-lengths.ts'

export type VerifyWork = {
  readonly sources: readonly SourceFile[]
  readonly plan: JobPlan
  readonly outputs: readonly Output[]
}

const mostFaults = 50

/** Opens each print file anew with other parsers, compares it with the plan and its sources, and draws previews. */
export async function verify(folder: string, { sources, plan, outputs }: VerifyWork) {
  const judged = []
  const opened = openedBytes(folder)
  const pictures = openSourcePictures(folder, sources, opened)
  const finePictures = openSourcePictures(folder, sources, opened, finePx)
  const began = performance.now()
  for (const component of plan.components) {
    const output = outputs.find((each) => each.component === component.component)
    const judging = { folder, opened, pictures, finePictures, began, component }
    judged.push(output ? await judgeOutput(judging, output) : empty([`${component.component}: no print file`]))
  }
  return {
    faults: judged.flatMap(({ faults }) => faults).slice(0, mostFaults),
    paintable: judged.flatMap(({ paintable }) => paintable),
    findings: judged.flatMap(({ findings }) => findings),
    previews: judged.flatMap(({ previews }) => previews),
    looked: judged.flatMap(({ looked }) => looked),
  }
}

type Judged = {
  readonly faults: readonly string[]
  readonly paintable: readonly { readonly component: ComponentPlan['component']; readonly page: number }[]
  readonly findings: readonly Finding[]
  readonly previews: readonly PreviewFile[]
  readonly looked: readonly LookedPages[]
}

const empty = (faults: readonly string[]): Judged => ({
  ...{ faults, paintable: [], findings: [] },
  ...{ previews: [], looked: [] },
})

type JudgingOutput = Omit<Judging, 'farBoxes' | 'carried'> & { readonly opened: OpenedBytes }

async function judgeOutput(judging: JudgingOutput, output: Output): Promise<Judged> {
  const { folder, component, opened } = judging
  const base = output.base === undefined ? undefined : opened.of(output.base)
  const bytes = joinedBytes([...(base ? [base] : []), opened.of(output.file)])
  const far = base?.isFar ? base : undefined
  const named = (faults: readonly string[]) => faults.map((fault) => `${component.component}: ${fault}`)
  const carried = new Set<string>()
  const marked = objectFaults(bytes, base?.size ?? 0, component, carried, far)
  if (marked.length > 0) return empty(named(marked))
  const open = (): Promise<PdfiumDocument> => openWithPdfium(bytes)
  const document = await open()
  const boxes = far ? farBoxes(bytes) : undefined
  const count = boxes?.length ?? document.pageCount
  if (count !== component.pages.length) return empty(named([`${count} pages instead of ${component.pages.length}`]))
  const { faults, faultyPages, previews, findings, looked } = await lookAtPages(
    { ...judging, carried, farBoxes: boxes },
    { document, open },
  )
  const panels = await writePanels(folder, component, previews[0])
  return {
    faults: named(faults),
    paintable: faultyPages.map((page) => ({ component: component.component, page })),
    findings,
    previews: [...previews, ...panels],
    looked: [looked],
  }
}

/** `ownFrom`: where the bytes that we wrote begin; before it are a source's own. Names of fonts with a file go into `carried`. */
function objectFaults(
  bytes: ByteSource,
  ownFrom: number,
  { outputIntent }: ComponentPlan,
  carried: Set<string>,
  far: ByteSource | undefined,
): readonly string[] {
  const standard = createStandardCheck(bytes)
  const lengths = createLengthCheck(bytes, ownFrom)
  const see = (object: RawObject): void => {
    standard.see(object)
    noteFont(object, carried)
    lengths.see(object)
  }
  const active = activeIn(bytes, ownFrom > 0, see, far && farObjects(bytes, far))
  if (active.length > 0) return [`active content: ${active.join(', ')}`]
  return [...lengths.faults(), ...(outputIntent === undefined ? [] : standard.faults())]
}

const fontFiles = ['/FontFile', '/FontFile2', '/FontFile3']

function noteFont({ value }: RawObject, carried: Set<string>): void {
  if (!(value instanceof Map)) return
  // A descriptor is an object by itself, or stands in its font.
  const inner = value.get('/FontDescriptor')
  const descriptor = inner instanceof Map ? inner : value
  const name = descriptor.get('/FontName')
  if (typeof name === 'string' && fontFiles.some((key) => descriptor.has(key))) carried.add(name.slice(1))
}
