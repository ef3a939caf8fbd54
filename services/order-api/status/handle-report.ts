import type { Finding } from '#contracts/findings.ts'
import type { ProcessReport } from '#contracts/messages/process-report.ts'
import { applyItemEvent, type ItemNews } from '../orders/apply-item-event.ts'
import { type Decide, unchanged } from '../orders/change.ts'
import { pageCountFinding } from '../orders/page-count.ts'

/** An order shows the gravest few findings of an item; the preflight report has them all. */
const mostIssuesOfAnItem = 10
/** A processor that said "started" has so many times the usual patience before its ticket is rung again. */
const processingPatienceTimes = 6

type Progress = Extract<ProcessReport, { outcome: 'progress' }>

/** What a process report does to its order. */
export function decideOnReport(report: ProcessReport): Decide {
  const base = { itemId: report.itemId, ofProcessTicketId: report.ticketId }
  switch (report.outcome) {
    case 'started':
      return applyItemEvent({
        ...base,
        event: 'processing_started',
        patience: { ticketId: report.ticketId, times: processingPatienceTimes },
      })
    case 'progress':
      return decideOnProgress(report)
    case 'ready':
      return decideOnReady(report)
    case 'rejected':
      return applyItemEvent({
        ...base,
        event: 'sources_rejected',
        answersTicketIds: [report.ticketId],
        facts: {
          failure: report.findings.find(({ severity }) => severity === 'reject')?.code ?? 'rejected',
          ...(report.reportKey === undefined ? {} : { reportKey: report.reportKey }),
        },
        issues: issuesOf(report, report.findings),
        data: { codes: report.findings.map(({ code }) => code) },
      })
    default: {
      const never: never = report
      return never
    }
  }
}

/** Late, reordered or of another ticket: progress never moves a state, and never goes back. */
function decideOnProgress({ itemId, ticketId, pagesDone, pagesOfAll }: Progress): Decide {
  return (order) => {
    const item = order.items.find(({ id }) => id === itemId)
    const isNews =
      item?.status === 'processing' &&
      item.processTicketId === ticketId &&
      pagesDone > (item.progress?.pagesDone ?? 0) &&
      pagesDone <= pagesOfAll
    const progress = { pagesDone, pagesOfAll }
    const items = order.items.map((each) => (isNews && each === item ? { ...each, progress } : each))
    return {
      ...unchanged({ ...order, items }),
      changedItemIds: isNews ? [itemId] : [],
      patience: { ticketId, times: processingPatienceTimes },
    }
  }
}

type Ready = Extract<ProcessReport, { outcome: 'ready' }>

/** What was ordered and charged is what is made: a file with another number of pages is refused, however well it prints. */
function decideOnReady(report: Ready): Decide {
  const heard = { itemId: report.itemId, ofProcessTicketId: report.ticketId, answersTicketIds: [report.ticketId] }
  return (order, context) => {
    const differs = pageCountFinding(order, report.itemId, report.pages)
    const news = differs ? differsNews(report, differs) : readyNews(report)
    return applyItemEvent({ ...heard, ...news })(order, context)
  }
}

function differsNews(report: Ready, differs: Finding): Omit<ItemNews, 'itemId'> {
  const { pages, previews, reportKey, receiptKey } = report
  const findings = [differs, ...report.findings]
  return {
    event: 'sources_rejected',
    facts: { failure: differs.code, pages, previews, reportKey, receiptKey },
    issues: issuesOf(report, findings),
    data: { pages, codes: findings.map(({ code }) => code) },
  }
}

function readyNews(report: Ready): Omit<ItemNews, 'itemId'> {
  const { pages, printFiles, previews, reportKey, receiptKey } = report
  return {
    event: 'print_file_ready',
    facts: { pages, printFiles, previews, reportKey, receiptKey },
    issues: issuesOf(report, report.findings),
    data: { pages, findings: report.findings.map(({ code }) => code) },
  }
}

/** What was only mended is in the report; an issue is what somebody may want to act on. */
function issuesOf({ itemId, at, ticketId }: ProcessReport, findings: readonly Finding[]) {
  const of = (severity: Finding['severity']) => findings.filter((finding) => finding.severity === severity)
  return [...of('reject'), ...of('warn')]
    .slice(0, mostIssuesOfAnItem)
    .map((finding) => ({ itemId, at, ticketId, finding }))
}
