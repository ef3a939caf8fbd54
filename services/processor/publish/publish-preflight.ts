import { join } from 'node:path'
import { PreflightAnswer } from '#contracts/messages/preflight-result.ts'
import { findingsInReport } from '#contracts/messages/process-report.ts'
import { parse } from '#contracts/parse.ts'
import type { Checked } from '../job/check-files.ts'
import type { ResultStore } from './result-store.ts'

const answerName = 'answer.json'

/** Stores all findings and the pictures that lie in `folder`, and the answer last; twice is the same bytes under the same names. */
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
  const answer: PreflightAnswer = {
    ...checked,
    findings: checked.findings.slice(0, findingsInReport),
    previews: shown.map(({ label, page, file, widthPx, heightPx }) => ({
      ...{ file: label, page, widthPx, heightPx },
      key: store.keyOf(file),
    })),
    reportKey,
  }
  await store.putJson(answerName, answer)
  return answer
}

/** What was answered before; undefined when nothing was. */
export async function earlierAnswer(store: ResultStore): Promise<PreflightAnswer | undefined> {
  const found = await store.getJson(answerName)
  return found === undefined ? undefined : parse('PreflightAnswer', PreflightAnswer, found)
}
