import type { FindingSeverity } from '#contracts/finding-codes.ts'
import type { Finding } from '#contracts/findings.ts'
import { placeOf } from '../findings-text.ts'
import { escaped } from './escaped.ts'

const marks: Readonly<Record<FindingSeverity, string>> = { fixed: '✓ Mended', warn: '! Warning', reject: '✗ Rejected' }

/** One finding as a list entry: what, where, found, wanted, what to do, why. */
export function findingHtml(finding: Finding): string {
  const { severity, code, found, wanted, action, why } = finding
  return (
    `<li class="${severity}"><span class="code">${marks[severity]} · ${code}</span><span class="gray">${escaped(placeOf(finding))}</span>` +
    `<p>Found: ${escaped(found)}. Wanted: ${escaped(wanted)}.</p><p>${escaped(action)}</p><p class="gray">${escaped(why)}</p></li>`
  )
}
