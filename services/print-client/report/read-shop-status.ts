import { ShopStatus, shopStatuses } from '#contracts/messages/shop-status.ts'
import { type Issue, issuesOf, matches, parse } from '#contracts/parse.ts'

export type ReadStatus =
  | { readonly kind: 'status'; readonly status: ShopStatus }
  /** Not JSON: perhaps the shop's system is still writing it. */
  | { readonly kind: 'unreadable'; readonly issues: readonly Issue[] }
  | { readonly kind: 'wrong'; readonly issues: readonly Issue[] }

/** Reads a status file's text; pure. The issues say what is wrong and what is allowed. */
export function readShopStatus(text: string): ReadStatus {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { kind: 'unreadable', issues: [{ pointer: '', detail: `is not JSON: ${reason}` }] }
  }
  const issues = checkShopStatus(value)
  if (issues.length > 0) return { kind: 'wrong', issues }
  return { kind: 'status', status: parse('shop status', ShopStatus, value) }
}

/** Every fault of what a shop says, with what is allowed; pure. */
export function checkShopStatus(value: unknown): readonly Issue[] {
  if (!matches(ShopStatus, value)) return issuesOf(ShopStatus, value)
  const isUnexplained = value.status === 'failed' && value.cause === undefined
  return isUnexplained ? [{ pointer: '/cause', detail: 'is required with status failed: say why' }] : []
}

/** The text beside a refused file: every fault, and what a right file looks like. */
export function refusalText(issues: readonly Issue[]): string {
  const faults = issues.map(
    ({ pointer, detail }) => `- ${pointer.slice(1).replaceAll('/', '.') || 'the file'} ${detail}`,
  )
  return `${faults.join('\n')}

A status file is a JSON object with
  jobId       (required) as in ticket.json
  status      (required) one of ${shopStatuses.join(', ')}
  cause       why; required with failed
  tracking    { carrier, number, url?, quantity } with shipped
  expectedAt  new date with delayed, e.g. 2026-03-01T12:00:00Z
  at          when it happened; left out: now
Put the corrected file into the status folder again.
`
}
