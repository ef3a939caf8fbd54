import { createLog } from '#chassis/log.ts'
import { checkDocuments } from '../published/check/check-documents.ts'
import type { Fault } from '../published/check/fault.ts'
import { pagesFolder } from '../published/create-publishing.ts'
import { readRelease } from '../published/read/release.ts'
import { exitCodes, OperatorFault } from './operator-fault.ts'
import type { OperatorWorld, Told } from './run-operator.ts'
import { textTable } from './text-table.ts'

const withinMilliseconds = 30 * 60_000
/** A table of more helps nobody; `--json` has them all. */
const mostShown = 200

/** documents check: what lies in the stores, held against what was published; with `isRepair` it is mended. */
export async function checkPublished(
  { database, stores, now }: OperatorWorld,
  { isRepair }: { readonly isRepair: boolean },
): Promise<Told> {
  const publishing = { database, stores: stores(), pagesFolder, log: createLog('operator', 'fatal'), now }
  const checking = { isRepair, signal: AbortSignal.timeout(withinMilliseconds) }
  const found = await checkDocuments(publishing, await readRelease(pagesFolder), checking)
  if (!found) {
    const lines = ['Another release of Printcloud writes the documents.', 'Run this command of that release.']
    throw new OperatorFault(exitCodes.refused, lines)
  }
  const faults = found.map(({ store, kind, path }) => ({ store, kind, path }))
  return { text: textOf(faults, isRepair), json: { is_repaired: isRepair && faults.length > 0, data: faults } }
}

type Shown = Pick<Fault, 'store' | 'kind' | 'path'>

function textOf(faults: readonly Shown[], isRepair: boolean): string {
  if (faults.length === 0) return 'Every document lies where it should, as it was published.\n'
  const rows = faults.slice(0, mostShown).map(({ store, kind, path }) => [store, kind, path])
  const more = faults.length > mostShown ? `… and ${faults.length - mostShown} more: --json has them all\n` : ''
  const next = isRepair
    ? 'The worker writes them anew now; what nothing names is gone.\n'
    : 'To mend it: npm run operator -- documents check --repair\n'
  return `${textTable(['STORE', 'WHAT', 'PATH'], rows)}${more}${faults.length} found. ${next}`
}
