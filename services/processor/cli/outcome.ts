import type { FindingSeverity } from '#contracts/finding-codes.ts'
import type { Finding } from '#contracts/findings.ts'
import type { JobPlan } from '../plan/job-plan.ts'
import type { PreviewFile } from '../sandbox/protocol.ts'
import { type ExitCode, exitCodes } from './exit-codes.ts'

/** What either command found out, before any of it is written. */
export type Outcome = {
  readonly inputs: readonly OutcomeInput[]
  readonly findings: readonly Finding[]
  readonly plan?: JobPlan | undefined
  /** Of content, before padding. */
  readonly pages?: number | undefined
  readonly previews: readonly PreviewFile[]
}

export type OutcomeInput = {
  readonly role: string
  readonly position: number
  readonly sizeBytes: number
  readonly sha256: string | undefined
}

export function gravestOf(findings: readonly Finding[]): FindingSeverity | 'fine' {
  const order = ['reject', 'warn', 'fixed'] as const
  return order.find((severity) => findings.some((each) => each.severity === severity)) ?? 'fine'
}

export function exitCodeOf(findings: readonly Finding[], isStrict: boolean): ExitCode {
  const gravest = gravestOf(findings)
  if (gravest === 'reject') return exitCodes.rejected
  return gravest === 'warn' && isStrict ? exitCodes.warned : exitCodes.fine
}

/** The stable JSON of both commands: fields are only ever added. */
export function outcomeJson(sku: string, { inputs, findings, plan, pages }: Outcome) {
  return {
    type: 'printcloud_preflight',
    version: 1,
    sku,
    outcome: gravestOf(findings) === 'reject' ? 'rejected' : 'accepted',
    gravest: gravestOf(findings),
    pages: pages ?? null,
    inputs,
    components: (plan?.components ?? []).map(({ component, pages: list, sheetWidthMm, sheetHeightMm, trimBox }) => ({
      component,
      pages: list.length,
      sheetWidthMm,
      sheetHeightMm,
      trimBox,
    })),
    findings,
  }
}
