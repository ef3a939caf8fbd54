import { join } from 'node:path'
import type { Finding } from '#contracts/findings.ts'
import type { ByteSource } from '../pdf/byte-source.ts'
import { joinedBytes, openFileBytes } from '../pdf/byte-sources.ts'
import { openWithPdfium } from '../pdfium/document.ts'
import type { ComponentPlan, JobPlan } from '../plan/job-plan.ts'
import type { Output, PreviewFile, SourceFile } from '../sandbox/protocol.ts'
import { type Judging, lookAtPages } from './look-at-pages.ts'
import { boxFaults } from './page-boxes.ts'
import { createStandardCheck } from './print-standard.ts'
import { writeProofs } from './proofs.ts'
import { activeIn } from './scan-objects.ts'
import { openSourcePictures } from './source-pictures.ts'
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
  const pictures = openSourcePictures(folder, sources)
  const began = performance.now()
  for (const component of plan.components) {
    const output = outputs.find((each) => each.component === component.component)
    const judging = { folder, pictures, began, component }
    judged.push(output ? await judgeOutput(judging, output) : empty([`${component.component}: no print file`]))
  }
  return {
    faults: judged.flatMap(({ faults }) => faults).slice(0, mostFaults),
    findings: judged.flatMap(({ findings }) => findings),
    previews: judged.flatMap(({ previews }) => previews),
    proofs: judged.flatMap(({ proofs }) => proofs),
  }
}

type Judged = {
  readonly faults: readonly string[]
  readonly findings: readonly Finding[]
  readonly previews: readonly PreviewFile[]
  readonly proofs: readonly {
    readonly component: Output['component']
    readonly overlay: string
    readonly proof?: string
  }[]
}

const empty = (faults: readonly string[]): Judged => ({ faults, findings: [], previews: [], proofs: [] })

async function judgeOutput(judging: Judging, output: Output): Promise<Judged> {
  const { folder, component } = judging
  const parts = [...(output.base === undefined ? [] : [output.base]), output.file]
  const files = parts.map((file) => openFileBytes(join(folder, file)))
  const bytes = joinedBytes(files)
  const ownFrom = output.base === undefined ? 0 : (files[0]?.size ?? 0)
  const named = (faults: readonly string[]) => faults.map((fault) => `${component.component}: ${fault}`)
  const marked = objectFaults(bytes, ownFrom, component)
  if (marked.length > 0) return empty(named(marked))
  const document = await openWithPdfium(bytes)
  const boxes = boxFaults(document, component)
  if (boxes.length > 0) return empty(named(boxes))
  const { faults, previews, findings } = await lookAtPages(judging, document)
  const { panels, ...proof } = await writeProofs(folder, component, previews[0])
  return {
    faults: named(faults),
    findings,
    previews: [...previews, ...panels],
    proofs: [{ component: component.component, ...proof }],
  }
}

/** `ownFrom`: where the bytes that we wrote begin; before it are a source's own. */
function objectFaults(bytes: ByteSource, ownFrom: number, { outputIntent }: ComponentPlan): readonly string[] {
  const standard = createStandardCheck(bytes)
  const lengths = createLengthCheck(bytes, ownFrom)
  const active = activeIn(bytes, ownFrom > 0, (object) => {
    standard.see(object)
    lengths.see(object)
  })
  if (active.length > 0) return [`active content: ${active.join(', ')}`]
  return [...lengths.faults(), ...(outputIntent === undefined ? [] : standard.faults())]
}
