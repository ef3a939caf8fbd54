import type { IncomingHttpHeaders } from 'node:http'
import { Refused } from '#chassis/errors.ts'
import { h } from '#look/h.ts'
import { renderDocument } from '#look/render-document.ts'
import { directionOf } from '#look/words.ts'
import type { PageData } from '../model/page-data.ts'
import { languageFor, localeFor, wordsByLanguage } from '../words/words-of.ts'
import type { Answer } from './answer.ts'
import type { Assets } from './assets.ts'

/** The page without its jobs: those come by /api/overview. In the language that was chosen, else that of the browser. */
export function pageDocument(assets: Assets, wish: string | undefined, headers: IncomingHttpHeaders): Answer {
  const accepted = headers['accept-language']
  const language = languageFor(wish ?? chosenBefore(headers.cookie), accepted)
  const words = wordsByLanguage[language]
  const data: PageData = { words, locale: localeFor(language, accepted) }
  const body = renderDocument({
    title: words.documentTitle,
    ...{ lang: language, dir: directionOf(language), data },
    styles: [addressOf(assets, 'print.css')],
    scripts: [addressOf(assets, 'print.js')],
    body: h('p', { class: 'loading' }, words.loading),
  })
  const cookie = `lang=${language}; Path=/; Max-Age=31536000; SameSite=Strict; HttpOnly`
  const kept: Record<string, string> = wish === undefined ? {} : { 'set-cookie': cookie }
  return { status: 200, type: 'text/html; charset=utf-8', body, headers: kept }
}

const chosenBefore = (cookie: string | undefined): string | undefined =>
  /(?:^|; )lang=([a-z]{2})/.exec(cookie ?? '')?.[1]

function addressOf({ names }: Assets, name: string): string {
  const file = names[name]
  if (file === undefined) throw new Refused('page_not_built', `${name} was not built: run "npm run build:pages"`)
  return `/assets/${file}`
}
