import type { Page } from 'playwright-core'

export const messagesInAll = 1_000

/** What somebody might say who wants an effect: words of the checkout, of the button, of payment pages, and nonsense. */
const messages = `[
  { printcloud: 1, type: 'ordered', publication: 'pub_x', reference: 'r' }, { printcloud: 1, type: 'closed' }, { printcloud: 1, type: 'pay' },
  { type: 'pay', amount: 1 }, { type: 'navigate', url: 'https://elsewhere.example' }, { event: 'payment.succeeded' }, 'ordered', '{"printcloud":1}',
  null, 0, [], { __proto__: { printcloud: 1, type: 'ordered' } }, { data: { printcloud: 1, type: 'ordered' } }, '<img src=x onerror=alert(1)>',
]`

/** Has `page` say `count` things to a window that it knows as `target`. */
export const shout = (page: { readonly evaluate: Page['evaluate'] }, target: string, count: number): Promise<unknown> =>
  page.evaluate(
    `{ const all = ${messages}; for (let at = 0; at < ${count}; at += 1) ${target}.postMessage(all[at % all.length], '*') }`,
  )

/** What a page is for whoever looks at it, and what it keeps. */
export const stateOf = (page: Page): Promise<string> =>
  page.evaluate('document.body.innerHTML + JSON.stringify(sessionStorage) + location.href')

/** Requests and new windows from now on, those of the page's own pictures aside. */
export function watched(page: Page): readonly string[] {
  const seen: string[] = []
  page.on(
    'request',
    (request) => request.resourceType() !== 'image' && seen.push(`${request.method()} ${request.url()}`),
  )
  page.on('popup', () => seen.push('a window'))
  page.on('dialog', (dialog) => {
    seen.push('a dialog')
    void dialog.dismiss()
  })
  return seen
}

/** When everything that was said has been heard: tasks of one window come in their order. */
export const settled = (page: Page): Promise<unknown> =>
  page.evaluate(
    'new Promise((resolve) => { const own = new MessageChannel(); own.port1.onmessage = () => setTimeout(resolve); own.port2.postMessage(0) })',
  )
