import type { ProofFit } from '#contracts/published/proof-document.ts'
import { Button } from '#look/button.ts'
import { Finding } from '#look/finding.ts'
import { h } from '#look/h.ts'
import { filled } from '#look/words.ts'
import type { Words } from '../../words/en.ts'
import { findingText } from './finding-text.ts'

type Props = {
  readonly fit: ProofFit
  readonly words: Words
  readonly locale: string
  readonly canShow: (page: number) => boolean
  readonly onShow: (page: number) => void
}

const mostShown = 6

/** What the checks of production saw of the file as this product: what to look at, and in one line what was mended. */
export function Findings({ fit, words, locale, canShow, onShow }: Props) {
  const told = toldOnce(fit, words, locale)
  const isMended = fit.findings.some(({ severity }) => severity === 'fixed')
  if (told.length === 0) return isMended ? h('p', { class: 'mended quiet', id: 'mended' }, words.fixedSome) : null
  return h(
    'section',
    { class: 'findings', 'aria-labelledby': 'findings-title' },
    h('h2', { id: 'findings-title' }, words.seen),
    told
      .slice(0, mostShown)
      .map(({ severity, text, page }) =>
        h(
          Finding,
          { key: text, severity, word: severity === 'reject' ? words.wordReject : words.wordWarn },
          text,
          page !== undefined &&
            canShow(page) &&
            h('div', {}, h(Button, { kind: 'quiet', onClick: () => onShow(page) }, filled(words.showPage, { page }))),
        ),
      ),
    isMended && h(Finding, { severity: 'fixed', id: 'mended', word: words.wordFixed }, words.fixedSome),
  )
}

type Told = { readonly severity: 'warn' | 'reject'; readonly text: string; readonly page: number | undefined }

/** The same words once, however many things they stand for. */
function toldOnce({ findings }: ProofFit, words: Words, locale: string): readonly Told[] {
  const told = new Map<string, Told>()
  for (const finding of findings) {
    const { severity, page } = finding
    if (severity === 'fixed') continue
    const text = findingText(finding, words, locale)
    told.set(text, told.get(text) ?? { severity, text, page })
  }
  return [...told.values()]
}
