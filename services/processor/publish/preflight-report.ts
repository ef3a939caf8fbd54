import type { PreflightReport } from '#contracts/messages/preflight-report.ts'
import type { Converted } from '../job/convert.ts'

type Ready = Extract<PreflightReport, { outcome: 'ready' }>

/** Everything that preflight saw: all findings, not only those that travel in the process report. */
export function preflightReport(sku: string, converted: Converted, inputs: Ready['inputs']): Ready {
  const { plan, pages, findings, looked } = converted
  return {
    type: 'preflight_report',
    version: 1,
    sku,
    outcome: 'ready',
    pages,
    inputs,
    files: filesOf(converted),
    components: plan.components.map(({ pages: list, base: _, isFirstPageInked: __, title: ___, ...sheet }) => ({
      ...sheet,
      pages: list.length,
    })),
    looked: [...looked],
    findings: [...findings],
  }
}

function filesOf({ files, facts }: Converted): Ready['files'] {
  return files.map(({ label: file, format }, index) => {
    const seen = facts[index]
    if (seen?.kind === 'pdf') return { file, format, pages: seen.pageCount }
    if (seen?.kind === 'image') return { file, format, widthPx: seen.widthPx, heightPx: seen.heightPx }
    return { file, format }
  })
}
