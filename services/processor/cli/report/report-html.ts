import type { Finding } from '#contracts/findings.ts'
import type { LocalSpec } from '../../job/local-job.ts'
import { countWords } from '../findings-text.ts'
import { gravestOf, type Outcome } from '../outcome.ts'
import { escaped } from './escaped.ts'
import { findingHtml } from './finding-html.ts'
import { pageCards } from './page-cards.ts'
import { reportStyle } from './report-style.ts'

const verdicts = {
  reject: { sign: '✗', words: 'Cannot be printed like this' },
  warn: { sign: '!', words: 'Can be printed; look at the warnings' },
  fixed: { sign: '✓', words: 'Ready to print; some things were mended' },
  fine: { sign: '✓', words: 'Ready to print' },
} as const

/** One page that stands alone: pictures of the pages as they print, with what was found on each beside it. */
export async function reportHtml(spec: LocalSpec, outcome: Outcome, previewFolder: string): Promise<string> {
  const { findings, pages } = outcome
  const gravest = gravestOf(findings)
  const { sign, words } = verdicts[gravest]
  const { cards, rest } = await pageCards(outcome, previewFolder)
  const { title: product } = spec.product
  const heading = spec.title === undefined ? product : `${spec.title} · ${product}`
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>Preflight: ${escaped(heading)}</title>
<style>${reportStyle}</style>
<main>
<h1>${escaped(heading)}</h1>
<p class="verdict ${gravest}"><span aria-hidden="true">${sign}</span>${words}</p>
<p class="gray">${countWords(findings)}${pages === undefined ? '' : ` · ${pages} ${pages === 1 ? 'page' : 'pages'} of content`}</p>
${fileTable(outcome)}
${rest.length > 0 ? `<h2>The files as a whole</h2>\n<ul class="list">${rest.map(findingLine).join('')}</ul>` : ''}
${cards.length > 0 ? `<h2>Pages as they print</h2>\n${key}\n<div class="pages">${cards.join('\n')}</div>` : ''}
</main>
</html>
`
}

const key =
  '<ul class="key"><li><i class="trim"></i>trim: cut here</li><li><i class="safe"></i>safe area: keep text inside</li>' +
  '<li><i class="off"></i>bleed or wrap: cut off or folded behind</li></ul>'

const findingLine = (finding: Finding): string => findingHtml(finding)

function fileTable({ plan }: Outcome): string {
  if (!plan) return ''
  const rows = plan.components.map(({ component, pages, sheetWidthMm, sheetHeightMm, trimBox }) =>
    [
      `<tr><td>${component}</td><td class="number">${pages.length}</td>`,
      `<td class="number">${size(trimBox.widthMm, trimBox.heightMm)}</td>`,
      `<td class="number">${size(sheetWidthMm, sheetHeightMm)}</td></tr>`,
    ].join(''),
  )
  return (
    '<div class="scroll"><table><tr><th>Print file</th><th class="number">Pages</th><th class="number">Trim, mm</th>' +
    `<th class="number">Sheet, mm</th></tr>${rows.join('')}</table></div>`
  )
}

const size = (widthMm: number, heightMm: number): string => `${round(widthMm)} × ${round(heightMm)}`
const round = (millimetres: number): number => Math.round(millimetres * 100) / 100
