import { useLayoutEffect, useRef } from 'preact/hooks'
import { Button } from '#look/button.ts'
import { Finding } from '#look/finding.ts'
import { type ComponentChildren, h } from '#look/h.ts'
import { moneyText } from '#look/money-text.ts'
import { PageShell } from '#look/page-shell.ts'
import { type Step, Steps } from '#look/steps.ts'
import { Toast } from '#look/toast.ts'
import { filled } from '#look/words.ts'
import { AddressStep } from './address/address-step.ts'
import { PayStep } from './pay/pay-step.ts'
import { Preview, type PreviewProps } from './preview/preview.ts'
import { ProductStep } from './product/product-step.ts'
import { isReached, type StepName, stepNames } from './state/checkout-state.ts'
import { titleOf } from './title-of.ts'

const titles = { print: 'stepPrint', address: 'stepAddress', pay: 'stepPay' } as const

/** The whole checkout: the print on one side, the steps on the other, all of them in sight. */
export function CheckoutPage(props: PreviewProps) {
  const { data, state } = props
  const { words, shop, locale } = data
  const { title, description } = titleOf(shop.publication, locale)
  return h(
    PageShell,
    {
      seller: filled(words.soldBy, { seller: shop.seller }),
      head: h(Steps, { label: words.steps, steps: stepNames.map((name) => stepOf(name, props)) }),
      ribbon: shop.publication.is_test ? words.testRibbon : undefined,
    },
    h(
      'div',
      { class: 'checkout' },
      h(
        'div',
        { class: 'hero' },
        h('h1', {}, title),
        description && h('p', { class: 'description quiet' }, description),
        h(Preview, props),
      ),
      h(
        'div',
        { class: 'steps-column' },
        h('noscript', {}, h(Finding, { severity: 'warn', word: words.notice }, words.needsScript)),
        shop.isStale && h(Finding, { severity: 'warn', word: words.notice }, words.stale),
        h(NoticeBox, props),
        h(StepSection, { ...props, name: 'print' }, h(ProductStep, props)),
        h(StepSection, { ...props, name: 'address' }, h(AddressStep, props)),
        h(StepSection, { ...props, name: 'pay' }, h(PayStep, props)),
      ),
    ),
    h(Toast, {
      text: state.trouble && words[state.trouble.word],
      action: state.trouble && { text: words.tryAgain, onClick: state.trouble.retry },
    }),
  )
}

function stepOf(name: StepName, { data, state }: PreviewProps): Step {
  const state_ = name === state.step ? 'now' : isReached(name, state.step) ? 'done' : 'later'
  return { title: data.words[titles[name]], href: `#step-${name}`, state: state_ }
}

type SectionProps = PreviewProps & { readonly name: StepName; readonly children?: ComponentChildren }

/** A step that is not reached yet shows only its name. */
function StepSection({ data, state, name, children }: SectionProps) {
  const isOpen = isReached(name, state.step)
  return h(
    'section',
    { class: 'step', 'data-open': isOpen ? 'true' : 'false', 'aria-labelledby': `step-${name}` },
    h(
      'h2',
      { id: `step-${name}`, tabIndex: -1 },
      h('span', { class: 'number', 'aria-hidden': 'true' }, String(stepNames.indexOf(name) + 1)),
      data.words[titles[name]],
    ),
    isOpen && children,
  )
}

/** What must be known before paying; it takes the focus when it comes. */
function NoticeBox({ data, state, actions }: PreviewProps) {
  const { notice } = state
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (notice?.amounts) box.current?.focus()
  }, [notice])
  const { words, locale } = data
  const money = (amount: number): string =>
    notice?.amounts ? moneyText(amount, notice.amounts.currency, locale) : String(amount)
  const places: Readonly<Record<string, string>> = notice?.amounts
    ? { was: money(notice.amounts.was), now: money(notice.amounts.now) }
    : {}
  return h(
    'div',
    { ref: box, id: 'notice', role: 'alert', tabIndex: -1 },
    notice &&
      h(
        Finding,
        { severity: notice.severity, word: words.notice },
        h('p', {}, filled(words[notice.word], places)),
        h(Button, { kind: 'quiet', onClick: actions.closeNotice }, words.close),
      ),
  )
}
