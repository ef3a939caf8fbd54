import { renderToString } from 'preact-render-to-string'
import { h } from '#look/h.ts'
import { directionOf } from '#look/words.ts'
import type { Fact, MailContent, Parcel } from './mail-content.ts'

/** Mail programs know no sheets of ours; those that know no `style` element show plain, readable text. */
const style = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
body { margin: 0; padding: 24px 16px; background: #fbfaf7; color: #1c1b19; font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif; }
main { max-width: 34rem; margin: 0 auto; }
p { margin: 0 0 16px; }
.thing { margin: 24px 0; padding: 16px 0; border: solid #d9d6cf; border-width: 1px 0; }
h1 { margin: 0; font-size: 20px; line-height: 1.3; }
.thing p { margin: 4px 0 0; }
table { border-collapse: collapse; margin: 0 0 24px; }
th, td { padding: 3px 0; text-align: start; vertical-align: top; font-weight: 400; font-variant-numeric: tabular-nums; }
th { padding-inline-end: 24px; color: #5f5c56; }
.go { display: inline-block; margin: 8px 0 16px; padding: 13px 22px; border-radius: 6px; background: #1f3f8f; color: #ffffff; font-weight: 600; text-decoration: none; }
a { color: #1f3f8f; }
.quiet { color: #5f5c56; font-size: 14px; }
@media (prefers-color-scheme: dark) {
  body { background: #171614; color: #ece9e3; }
  .thing { border-color: #3a3834; }
  th, .quiet { color: #a5a19a; }
  a { color: #9db7ff; }
  .go { background: #9db7ff; color: #14131a; }
}`

/** The mail as a page without pictures, for light and dark. */
export function mailHtml(content: MailContent, orderUrl: string, seller: string): string {
  const { locale, subject, before, title, product, facts, parcels, after, words } = content
  const body = h(
    'main',
    {},
    paragraphs(before),
    h('div', { class: 'thing' }, h('h1', {}, h('bdi', {}, title)), h('p', {}, h('bdi', {}, product))),
    facts.length > 0 && h('table', { role: 'presentation' }, h('tbody', {}, facts.map(factRow))),
    parcels.map((parcel) => parcelLine(parcel, words.track)),
    paragraphs(after),
    h('p', {}, h('a', { class: 'go', href: orderUrl }, words.see_order)),
    h('p', { class: 'quiet' }, words.yours_alone),
    h('p', { class: 'quiet' }, words.questions, h('br', {}), seller),
  )
  const page = h(
    'html',
    { lang: locale, dir: directionOf(locale) },
    h(
      'head',
      {},
      h('meta', { charset: 'utf-8' }),
      h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      h('meta', { name: 'color-scheme', content: 'light dark' }),
      h('title', {}, subject),
    ),
    h('body', {}, body),
  )
  // The sheet is ours alone and holds quotes, which are no HTML there.
  return `<!doctype html>${renderToString(page).replace('</head>', () => `<style>${style}\n</style></head>`)}`
}

const paragraphs = (lines: readonly string[]) => lines.map((line) => h('p', { key: line }, line))

const factRow = ({ name, value }: Fact) =>
  h(
    'tr',
    { key: name },
    h('th', { scope: 'row' }, name),
    h(
      'td',
      {},
      value.map((line, index) => h('bdi', { key: line }, index > 0 && h('br', {}), line)),
    ),
  )

const parcelLine = ({ text, url }: Parcel, track: string) =>
  h('p', { key: text }, h('bdi', {}, text), url !== undefined && [h('br', {}), h('a', { href: url }, track)])
