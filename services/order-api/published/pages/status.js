import { ago, durationWords, make, translate, wordsFor } from './page.js'
import { words } from './status-words.js'

const addresses = { platform: '/public/v1/status/platform.json', probe: '/public/v1/status/probe.json' }
const everyMilliseconds = 15_000
const ranks = ['working', 'unknown', 'degraded', 'down']

const spoken = wordsFor(words)
const { locale, say } = spoken
/** What was read last, by who told it. */
let told = {}

translate(spoken)
headlineText(say('waits'), 'waits')
await read()
setInterval(() => {
  // Nobody looks: nothing is asked.
  if (document.visibilityState === 'visible') read()
}, everyMilliseconds)
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && read())

async function read() {
  const [platform, probe] = await Promise.all([report('platform'), report('probe')])
  told = { platform, probe }
  show()
}

/** {document, isKept}: kept is what was read before, when it cannot be read now. Without a document there is none. */
async function report(name) {
  try {
    const response = await fetch(addresses[name], { cache: 'no-cache' })
    if (response.status === 404 || response.status === 403) return {}
    const read = await response.json()
    if (read.object !== 'status' || !Array.isArray(read.parts)) throw new TypeError('no status')
    return { document: read }
  } catch {
    return { document: told[name]?.document, isKept: true }
  }
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
  const { platform, probe } = told
  if (!platform.document && platform.isKept) return { condition: 'unknown', text: say('unreachable') }
  const counted = [platform, probe].map(({ document }) => document).filter((each) => each && !isLate(each, now))
  const conditionOf = (name) =>
    worst(counted.flatMap(({ parts }) => parts.filter((part) => part.name === name).map(({ condition }) => condition)))
  const ordersCondition = conditionOf('orders')
  if (ordersCondition === 'down') return { condition: 'down', text: say('orders_down') }
  if (!platform.document) return { condition: 'unknown', text: say('never') }
  if (isLate(platform.document, now)) {
    const time = durationWords(now - Date.parse(platform.document.at), locale)
    const isSeen = counted.length > 0 && ordersCondition === 'working'
    return { condition: 'degraded', text: say(isSeen ? 'silent_but_seen' : 'silent', { time }) }
  }
  const condition = worst(counted.map((each) => each.condition))
  return { condition, text: say(condition === 'working' ? 'all_works' : 'some_fails') }
}

function isLate({ next_at: nextAt }, now) {
  return now > Date.parse(nextAt)
}

function worst(conditions) {
  return conditions.reduce((found, each) => (ranks.indexOf(each) > ranks.indexOf(found) ? each : found), 'working')
}

function showTeller(name, now) {
  const { document: report, isKept } = told[name]
  const section = document.getElementById(name)
  const line = section.querySelector('.told')
  const list = section.querySelector('.parts')
  if (!report) {
    line.replaceChildren(isKept ? '' : say(name === 'probe' ? 'nobody' : 'never'))
    list.hidden = true
    return
  }
  const late = isLate(report, now)
  section.classList.toggle('past', late)
  line.classList.toggle('late', late)
  line.replaceChildren(...withTime(isKept ? 'kept' : late ? 'told_last' : 'told', ago(report.at, now, locale)))
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
