import { join } from 'node:path'
import type { PreflightAnswer } from '#contracts/messages/preflight-result.ts'
import { findingsInReport } from '#contracts/messages/process-report.ts'
import type { Checked } from '../job/check-files.ts'
import type { ResultStore } from './result-store.ts'

/** Stores all findings and the pictures that lie in `folder`; twice is the same bytes under the same names. */
export async function publishPreflight(
  { shown, ...checked }: Checked,
  sku: string | undefined,
  folder: string,
  store: ResultStore,
): Promise<PreflightAnswer> {
  const report = { type: 'preflight', version: 1, ...(sku === undefined ? {} : { sku }), ...checked }
  const [reportKey] = await Promise.all([
    store.putJson('preflight-report.json', report),
    ...shown.map(({ file }) => store.putFile(file, join(folder, file), 'image/jpeg')),
  ])
  return {
    ...checked,
    findings: checked.findings.slice(0, findingsInReport),
    previews: shown.map(({ label, page, file, widthPx, heightPx }) => ({
      ...{ file: label, page, widthPx, heightPx },
      key: store.keyOf(file),
    })),
    reportKey,
  }
}
