/** What both pages are made of. Text only ever becomes text: nothing that was read becomes markup. */

/** An element with its attributes and children; a child is an element or a text. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name)
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(attribute, value === true ? '' : value)
  }
  element.append(...children.filter((child) => child !== undefined))
  return element
}

/**
 * The words of the first language that the reader knows and that there is; English without one. Numbers and times are written as they are
 * where the reader is: `locale`, and `region` of the first language where it says one.
 */
export function wordsFor(table, wished = navigator.languages) {
  const known = wished.flatMap(tagsIn)
  const locale = known.find((each) => Object.hasOwn(table, languageOf(each))) ?? 'en'
  const { region } = new Intl.Locale(known[0] ?? 'en')
  const language = languageOf(locale)
  const words = { ...table.en, ...table[language] }
  const say = (name, values = {}) =>
    (words[name] ?? name).replace(/\{(\w+)\}/g, (found, value) => values[value] ?? found)
  return { language, locale, region, say }
}

/** As Intl takes it, or nothing. On a Linux without a language (LANG=C) Chromium says “en-US@posix”, and all of Intl throws at that. */
function tagsIn(named) {
  try {
    return Intl.getCanonicalLocales(named.split('@')[0])
  } catch {
    return []
  }
}

const languageOf = (tag) => tag.split('-')[0].toLowerCase()

/** Puts words where the page has English ones. */
export function translate({ language, say }) {
  document.documentElement.lang = language
  for (const element of document.querySelectorAll('[data-words]')) element.textContent = say(element.dataset.words)
}

const units = [
  ['day', 86_400, 2 * 86_400],
  ['hour', 3_600, 3_600],
  ['minute', 60, 60],
  ['second', 1, 0],
]

const unitOf = (seconds) => units.find(([, , from]) => seconds >= from)

/** 7200 → “2 hours”. */
export function durationWords(milliseconds, locale) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  const [unit, length] = unitOf(seconds)
  const format = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' })
  return format.format(Math.floor(seconds / length))
}

/** “2 hours ago”, with the exact time of UTC for whoever points at it. */
export function ago(at, now, locale) {
  const seconds = Math.max(0, Math.floor((now - Date.parse(at)) / 1000))
  const [unit, length] = unitOf(seconds)
  const words = new Intl.RelativeTimeFormat(locale).format(-Math.floor(seconds / length), unit)
  return make('time', { datetime: at, title: exact(at) }, words)
}

/** A day and a time in the reader's zone. */
export function moment(at, locale) {
  const words = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' }).format(new Date(at))
  return make('time', { datetime: at, title: exact(at) }, words)
}

const exact = (at) =>
  new Date(at)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC')
