import { renderToString } from 'preact-render-to-string'
import { type ComponentChildren, h } from './h.ts'

export type DocumentParts = {
  readonly title: string
  readonly lang: string
  readonly dir: 'ltr' | 'rtl'
  readonly styles: readonly string[]
  readonly scripts: readonly string[]
  readonly body: ComponentChildren
  /** What the page's script begins with; read by `pageData()`. */
  readonly data?: object | undefined
}

/**
 * A whole page as HTML: nothing inline but data, so that it lives under the strictest policy. What is in it must come out of components, which
 * escape; no search engine may keep it.
 */
export function renderDocument({ title, lang, dir, styles, scripts, body, data }: DocumentParts): string {
  const page = h(
    'html',
    { lang, dir },
    h(
      'head',
      {},
      h('meta', { charset: 'utf-8' }),
      h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      h('meta', { name: 'robots', content: 'noindex' }),
      h('meta', { name: 'referrer', content: 'no-referrer' }),
      h('meta', { name: 'color-scheme', content: 'light dark' }),
      h('title', {}, title),
      styles.map((href) => h('link', { rel: 'stylesheet', href, key: href })),
      scripts.map((src) => h('script', { type: 'module', src, key: src })),
    ),
    h('body', {}, h('div', { id: 'page' }, body)),
  )
  return `<!doctype html>${renderToString(page).replace('</body>', () => `${dataScript(data)}</body>`)}`
}

/** `<` never stands in it, so nothing can end the element; JSON reads the escape as the same sign. */
const dataScript = (data: object | undefined): string =>
  data === undefined
    ? ''
    : `<script type="application/json" id="page-data">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>`
