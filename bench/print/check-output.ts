import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { Expected } from './row.ts'
import { isInstalled } from './tools.ts'

const toleranceMm = 0.1

/** Throws unless `path` is a PDF of the expected pages and sheet, as pdfinfo sees it; without pdfinfo only its size counts. */
export async function checkOutput(path: string, { pages, widthMm, heightMm }: Expected): Promise<void> {
  const { size } = await stat(path)
  if (size === 0) throw new Error(`${path} is empty`)
  if (!isInstalled('pdfinfo')) return
  const { stdout } = await promisify(execFile)('pdfinfo', ['-box', path])
  const seen = {
    pages: Number(/^Pages:\s+(\d+)/m.exec(stdout)?.[1]),
    media: /^MediaBox:\s+(.*)$/m.exec(stdout)?.[1]?.trim().split(/\s+/).map(Number) ?? [],
  }
  const [left = 0, bottom = 0, right = 0, top = 0] = seen.media
  const millimetres = (points: number): number => (points / 72) * 25.4
  const isSheet =
    Math.abs(millimetres(right - left) - widthMm) < toleranceMm &&
    Math.abs(millimetres(top - bottom) - heightMm) < toleranceMm
  if (seen.pages !== pages || !isSheet) {
    throw new Error(`Expected ${pages} pages of ${widthMm} × ${heightMm} mm, found ${JSON.stringify(seen)}`)
  }
}
