import { ago, durationWords, make, translate, wordsFor } from './page.js'
import { words } from './status-words.js'

const addresses = {
  platform: '/public/v1/status/platform.json',
  checkout: '/public/v1/status/checkout.json',
  probe: '/public/v1/status/probe.json',
}
const everyMilliseconds = 15_000
/** An answer that is still to come then is none: the next question must not wait behind it. */
const answerWithinMilliseconds = 10_000
const ranks = ['working', 'unknown', 'degraded', 'down']

const spoken = wordsFor(words)
const { locale, say } = spoken
/** What was read last, by who told it. */
let told = {}

translate(spoken)
headlineText(say('waits'), 'waits')
await read()
setInterval(look, everyMilliseconds)
document.addEventListener('visibilitychange', look)
addEventListener('online', look)

function look() {
  // Nobody looks: nothing is asked.
  if (document.visibilityState !== 'visible') return
  // What is known has grown older, whether an answer comes or not.
  show()
  read()
}

async function read() {
  const [platform, checkout, probe] = await Promise.all(Object.keys(addresses).map(report))
  told = { platform, checkout, probe }
  show()
}

/** {document, toldAt, isKept}: kept is what was read before, when it cannot be read now. Without a document there is none. */
async function report(name) {
  try {
    const signal = AbortSignal.timeout(answerWithinMilliseconds)
    const response = await fetch(addresses[name], { cache: 'no-cache', signal })
    if (response.status === 404 || response.status === 403) return {}
    const read = await response.json()
    if (read.object !== 'status' || !Array.isArray(read.parts)) throw new TypeError('no status')
    return { document: read, toldAt: toldAt(response.headers, read) }
  } catch {
    return { ...told[name], isKept: true }
  }
}

/** When it was told, by the reader's clock. How old it is say the store and the CDN: whoever reads or writes may have a wrong clock. */
function toldAt(headers, { at }) {
  const servedAt = Date.parse(headers.get('date')) + 1000 * Number(headers.get('age'))
  const age = servedAt - Date.parse(headers.get('last-modified'))
  return Number.isNaN(age) ? Date.parse(at) : Date.now() - Math.max(0, age)
}

function show() {
  const now = Date.now()
  const { condition, text } = headline(now)
  document.getElementById('notice').dataset.condition = condition
  headlineText(text)
  for (const name of Object.keys(addresses)) showTeller(name, now)
}

/** Only when it says something else: whoever has it read aloud hears each sentence once. */
function headlineText(text, look) {
  const element = document.getElementById('headline')
  if (element.textContent !== text) element.replaceChildren(make('span', { class: look }, text))
}

/** What is most important to whoever comes here, in one sentence. */
function headline(now) {
  const { platform, checkout, probe } = told
  const isKnown = (each) => each.document && !isLate(each, now)
  const counted = [platform, checkout, probe].filter(isKnown).map(({ document }) => document)
  const conditionOf = (name) =>
    worst(counted.flatMap(({ parts }) => parts.filter((part) => part.name === name).map(({ condition }) => condition)))
  const ordersCondition = conditionOf('orders')
  if (ordersCondition === 'down') {
    const isSold = isKnown(checkout) && conditionOf('checkout') !== 'down'
    return { condition: 'down', text: say(isSold ? 'orders_down_sold' : 'orders_down') }
  }
  if (platform.isKept && !isKnown(platform)) return { condition: 'unknown', text: say('unreachable') }
  if (!platform.document) return { condition: 'unknown', text: say('never') }
  if (!isKnown(platform)) {
    const time = durationWords(now - platform.toldAt, locale)
    const isSeen = isKnown(probe) && ordersCondition === 'working'
    return { condition: 'degraded', text: say(isSeen ? 'silent_but_seen' : 'silent', { time }) }
  }
  const condition = worst(counted.map((each) => each.condition))
  if (condition !== 'working') return { condition, text: say('some_fails') }
  if (checkout.document && !isKnown(checkout)) {
    const time = durationWords(now - checkout.toldAt, locale)
    return { condition: 'degraded', text: say('checkout_silent', { time }) }
  }
  return { condition, text: isKnown(probe) ? say('all_works') : `${say('platform')}: ${say('all_works')}` }
}

function isLate({ document: { at, next_at: nextAt }, toldAt }, now) {
  return now - toldAt > Date.parse(nextAt) - Date.parse(at)
}

function worst(conditions) {
  return conditions.reduce((found, each) => (ranks.indexOf(each) > ranks.indexOf(found) ? each : found), 'working')
}

function showTeller(name, now) {
  const { document: report, toldAt, isKept } = told[name]
  const section = document.getElementById(name)
  // Not every platform has one.
  section.hidden = name === 'checkout' && !report
  const line = section.querySelector('.told')
  const list = section.querySelector('.parts')
  if (!report) {
    line.replaceChildren(isKept ? '' : say(name === 'probe' ? 'nobody' : 'never'))
    list.hidden = true
    return
  }
  const late = isLate(told[name], now)
  section.classList.toggle('past', late)
  line.classList.toggle('late', late)
  line.replaceChildren(
    ...withTime(isKept ? 'kept' : late ? 'told_last' : 'told', ago(new Date(toldAt).toISOString(), now, locale)),
  )
  list.hidden = false
  list.replaceChildren(...report.parts.map(partItem))
}

/** A sentence with an element in the place of {ago}. */
function withTime(name, time) {
  const [before, after = ''] = say(name).split('{ago}')
  return [before, time, after]
}

function partItem({ name, condition, detail }) {
  const title = say(`part_${name}`)
  const about = say(`about_${name}`)
  return make(
    'li',
    {},
    make(
      'div',
      {},
      make('h3', {}, title === `part_${name}` ? name : title),
      about === `about_${name}` ? undefined : make('p', { class: 'quiet' }, about),
    ),
    make('p', { class: 'condition', 'data-condition': condition }, say(condition)),
    detail === undefined ? undefined : make('p', { class: 'detail' }, detail),
  )
}
