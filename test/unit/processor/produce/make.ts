import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Type } from 'typebox'
import { parse } from '#contracts/parse.ts'
import { joinOutput } from '../../../../services/processor/assemble/join-output.ts'
import type { ComponentPlan, Drawing } from '../../../../services/processor/plan/job-plan.ts'
import { produce } from '../../../../services/processor/produce/produce.ts'

export type Source = { readonly file: string; readonly format: 'pdf' | 'jpeg' | 'png'; readonly bytes: Uint8Array }
export type PrintFile = {
  readonly path: string
  readonly bytes: Buffer
  readonly base: string | undefined
  readonly codes: readonly string[]
  readonly progress: readonly { readonly pagesDone: number; readonly pagesOfAll: number }[]
}

export const documentId = '0123456789abcdef0123456789abcdef'

/** A book block of A5 with 3 mm bleed. */
export const a5 = {
  component: 'interior',
  title: 'The Lighthouse',
  sheetWidthMm: 154,
  sheetHeightMm: 216,
  trimBox: { xMm: 3, yMm: 3, widthMm: 148, heightMm: 210 },
  isFirstPageInked: true,
} as const

export const sheet = { xMm: 0, yMm: 0, widthMm: 154, heightMm: 216 }

/** A page of A5 without bleed, its edges mirrored outwards. */
export const mirroredPage = (page: number, source = 0): Drawing => ({
  draw: 'place',
  source,
  page,
  region: { x: 0, y: 0, width: 419.52756, height: 595.27559 },
  orientation: 1,
  to: a5.trimBox,
  within: sheet,
})

/** An A5 page kept as it is, the paper made larger by the bleed. */
export const keptPage = (page: number): Drawing => ({
  draw: 'keep',
  source: 0,
  page,
  media: { x: -8.50394, y: -8.50394, width: 436.53543, height: 612.28346 },
  trim: { x: 0, y: 0, width: 419.52756, height: 595.27559 },
})

/** Makes one print file in a folder of its own, and hands it over as one file with everything that was told. */
export async function withPrintFile<T>(
  sources: readonly Source[],
  plan: Partial<ComponentPlan> & { readonly pages: ComponentPlan['pages'] },
  use: (made: PrintFile) => Promise<T> | T,
  picturesAhead = 2,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'printcloud-produce-'))
  try {
    for (const { file, bytes } of sources) await writeFile(join(folder, file), bytes)
    const files = sources.map(({ file, format }) => ({ file, format, label: file }))
    const progress: { pagesDone: number; pagesOfAll: number }[] = []
    const onProgress = (step: PrintFile['progress'][number]): number => progress.push(step)
    const jobPlan = { components: [{ ...a5, ...plan }] }
    const made = await produce(folder, jobPlan, files, documentId, onProgress, picturesAhead)
    const [output] = made.outputs
    if (!output) throw new Error('Nothing was made')
    const path = join(folder, 'joined.pdf')
    await joinOutput(folder, output, path)
    const codes = made.findings.map(({ code }) => code)
    return await use({ path, bytes: await readFile(path), base: output.base, codes, progress })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** What a tool on this machine says; undefined where it is not installed. qpdf ends with 3 when it only warns. */
export function tool(command: string, ...values: readonly string[]): string | undefined {
  try {
    return execFileSync(command, values, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 28 })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

export const isInstalled = (command: string): boolean => {
  try {
    execFileSync(command, ['--version'], { stdio: 'ignore' })
    return true
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ENOENT')
  }
}

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
const Objects = Type.Record(Type.String(), Type.Unknown())
const QpdfJson = Type.Object({ qpdf: Type.Tuple([Type.Unknown(), Objects]) })

/** All objects of a file as qpdf reads them, by `obj:4 0 R` and `trailer`. */
export function qpdfObjects(path: string): ReadonlyMap<string, Json> {
  const text = tool('qpdf', '--json=2', '--decode-level=none', path) ?? ''
  const { qpdf } = parse('qpdf --json', QpdfJson, JSON.parse(text))
  return new Map(Object.entries(asJson(qpdf[1])))
}

const asJson = (value: unknown): Record<string, Json> => JSON.parse(JSON.stringify(value))
