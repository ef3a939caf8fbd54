import { make, translate, wordsFor } from './page.js'
import { button, facts, isFaint, offerTable, picture } from './preview-parts.js'
import { words } from './preview-words.js'

const spoken = wordsFor(words)
const { say } = spoken
/** Drafts and nothing else: what a link says is not fetched from anywhere. */
const draftPath = /^\/public\/v1\/previews\/[\w-]+\.json$/

const answerWithinMilliseconds = 10_000

/** What is drawn, as text: the same is not drawn twice. */
let drawn = ''

translate(spoken)
addEventListener('hashchange', show)
document.addEventListener('visibilitychange', look)
addEventListener('online', look)
await show()

async function show() {
  const path = location.hash.slice(1)
  clear()
  if (!draftPath.test(path)) return notice('degraded', say('no_link'))
  notice('unknown', say('waits'), 'waits')
  const { publication, fault, isKept } = await draftAt(path)
  if (fault) return notice('degraded', say(fault))
  if (isKept) notice('degraded', say('kept'))
  else document.getElementById('notice').hidden = true
  introduce(publication)
}

/** Whoever edits in one window and looks in another sees what was saved. */
async function look() {
  const path = location.hash.slice(1)
  if (document.visibilityState !== 'visible' || !draftPath.test(path)) return
  const { publication, fault, isKept } = await draftAt(path)
  if (fault === 'gone') {
    clear()
    return notice('degraded', say(fault))
  }
  if (!publication || isKept) return
  document.getElementById('notice').hidden = true
  if (JSON.stringify(publication) !== drawn) introduce(publication)
}

function clear() {
  drawn = ''
  document.getElementById('publication').replaceChildren()
  document.getElementById('draft').replaceChildren('\u00a0')
  document.getElementById('languages').hidden = true
}

function introduce(publication) {
  drawn = JSON.stringify(publication)
  const draft = say('draft', { version: String(publication.version) })
  document.getElementById('draft').replaceChildren(publication.is_test ? `${say('test')} · ${draft}` : draft)
  draw(publication, offerLanguages(publication))
}

/** The draft as it is now; offline, as this browser saw it last. */
async function draftAt(path) {
  const signal = AbortSignal.timeout(answerWithinMilliseconds)
  const fresh = await fetch(path, { cache: 'no-cache', signal }).then(
    (response) => (response.status < 500 ? response : undefined),
    () => undefined,
  )
  const answer = fresh ?? (await fetch(path, { cache: 'only-if-cached', mode: 'same-origin' }).catch(() => undefined))
  if (!answer || answer.status === 504) return { fault: 'unreachable' }
  if (answer.status === 404 || answer.status === 403) return { fault: 'gone' }
  const publication = answer.ok ? await answer.json().catch(() => undefined) : undefined
  if (publication?.object !== 'publication') return { fault: 'broken' }
  return { publication, isKept: fresh === undefined }
}

function notice(condition, text, look) {
  const element = document.getElementById('notice')
  element.hidden = false
  element.dataset.condition = condition
  element.firstElementChild.replaceChildren(make('span', { class: look }, text))
}

/** A choice of the languages that it has words in, each by its own name; gives the one that this reader would see. */
function offerLanguages(publication) {
  const languages = Object.keys(publication.texts ?? {})
  const label = document.getElementById('languages')
  label.hidden = languages.length === 0
  const list = label.querySelector('select')
  const options = ['', ...languages].map((each) =>
    make('option', { value: each, lang: each || undefined }, nameOf(each)),
  )
  list.replaceChildren(...options)
  const isOwn = (each) => navigator.languages.some((own) => own === each || own.split('-')[0] === each)
  list.value = languages.find(isOwn) ?? ''
  list.onchange = () => draw(publication, list.value || undefined)
  return list.value || undefined
}

function nameOf(language) {
  if (language === '') return say('others')
  try {
    return new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? language
  } catch {
    return language
  }
}

/** The publication in one of its languages, or in none: what visitors of all others see. */
function draw(publication, language) {
  const texts = (language && publication.texts?.[language]) || {}
  const shown = { ...publication, title: texts.title ?? publication.title }
  const own = { lang: language, dir: language ? directionOf(language) : 'auto' }
  document.title = shown.title
  const sale = saleOf(shown, texts.button ?? say('print'), own)
  const columns = [
    picture(shown, spoken),
    make(
      'div',
      {},
      make('h1', own, shown.title),
      texts.description ? make('p', { class: 'description', ...own }, texts.description) : undefined,
      sale,
      make('section', { class: 'facts' }, make('h2', {}, say('offers')), offerTable(shown, spoken)),
      facts(shown, spoken),
    ),
  ]
  document.getElementById('publication').replaceChildren(...columns)
}

function saleOf(publication, label, own) {
  const because = { open: 'not_yet', ended: 'ended', upcoming: 'upcoming' }[publication.state] ?? 'not_yet'
  const shown = make('div', own, button(publication, spoken, label))
  const faint = isFaint(publication) && make('p', { class: 'condition', 'data-condition': 'degraded' }, say('faint'))
  return make('div', { class: 'sale' }, shown, faint || undefined, make('p', { class: 'quiet' }, say(because)))
}

function directionOf(language) {
  const locale = new Intl.Locale(language)
  return (locale.getTextInfo?.() ?? locale.textInfo)?.direction ?? 'auto'
}
