import { stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { engineVersion } from '../publish/engine-version.ts'
import { hashFile } from '../publish/hash-file.ts'
import type { MadeFile } from './make.ts'
import { type Outcome, outcomeJson } from './outcome.ts'
import type { CliJob } from './read-job.ts'
import { reportHtml } from './report/report-html.ts'

/** Writes what goes with the print files: both reports, and the receipt. Nothing in them tells the time or the machine. */
export async function writePapers(
  { spec }: CliJob,
  contentHash: string | undefined,
  outcome: Outcome,
  made: readonly MadeFile[],
  draft: string,
): Promise<MadeFile[]> {
  const files: MadeFile[] = []
  const put = async (kind: MadeFile['kind'], path: string, text: string): Promise<void> => {
    await writeFile(join(draft, path), text)
    files.push({ kind, path })
  }
  const { sku } = spec.product
  await put('report', 'preflight-report.json', pretty(outcomeJson(sku, outcome)))
  await put('report', 'report.html', await reportHtml(spec, outcome, draft))
  if (contentHash === undefined) return files
  const outputs = await Promise.all(
    made
      .filter(({ kind }) => kind === 'print_file')
      .map(async ({ path }) => ({
        file: path,
        sizeBytes: (await stat(join(draft, path))).size,
        sha256: await hashFile(join(draft, path)),
      })),
  )
  const { options, title, design } = spec
  await put(
    'receipt',
    'receipt.json',
    pretty({
      type: 'receipt',
      contentHash,
      engineVersion,
      sku,
      options,
      title,
      design,
      inputs: outcome.inputs,
      outputs,
    }),
  )
  return files
}

const pretty = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`
