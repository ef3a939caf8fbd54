import { expect, test } from 'vitest'
import { currencyCodes, currencyDecimals } from '#contracts/money.ts'
import { daysText, dayText } from '#look/dates.ts'
import { h } from '#look/h.ts'
import { lengthText, sizeText } from '#look/lengths.ts'
import { moneyText } from '#look/money-text.ts'
import { renderDocument } from '#look/render-document.ts'
import { differencesOfWords, filled, languageOf, localeOf } from '#look/words.ts'

test('an amount has the decimals of its currency, in every language', () => {
  for (const currency of currencyCodes) {
    const text = moneyText(123_456, currency, 'en')
    const decimals = /\.(\d+)/.exec(text)?.[1]?.length ?? 0
    expect(decimals, currency).toBe(currencyDecimals[currency])
  }
  expect(moneyText(2490, 'EUR', 'en')).toBe('€24.90')
  expect(moneyText(2490, 'EUR', 'de')).toBe('24,90\u00a0€')
  expect(moneyText(2490, 'JPY', 'zh')).toBe('JP¥2,490')
})

test('a day is the same day wherever it is read', () => {
  expect(dayText('2026-11-24', 'en-GB')).toBe('Tue 24 Nov')
  expect(daysText('2026-11-24', '2026-11-24', 'en-GB')).toBe('Tue 24 Nov')
  expect(daysText('2026-11-24', '2026-11-27', 'nl')).toContain('27')
})

test('lengths are millimetres, and inches for readers in the United States', () => {
  expect(sizeText(210, 297, 'en-GB')).toBe('210 × 297 mm')
  expect(sizeText(152.4, 228.6, 'en-US')).toBe('6 × 9 in')
  expect(lengthText(6.24, 'de')).toBe('6,2 mm')
})

test('a language that we do not speak is answered in English, a country’s own way of writing is kept', () => {
  expect([languageOf('de-AT'), languageOf('pt'), languageOf(undefined)]).toEqual(['de', 'en', 'en'])
  expect([localeOf('de-at'), localeOf('pt-BR'), localeOf('en-US'), localeOf('de-!!')]).toEqual([
    'de-AT',
    'en',
    'en-US',
    'de',
  ])
})

test('words that differ between languages in key or place are told', () => {
  expect(differencesOfWords({ a: 'x {one}', b: 'y' }, { a: 'x {two}', b: 'z', c: '' })).toEqual(['a', 'c'])
  expect(filled('{one} of {two}', { one: 1 })).toBe('1 of {two}')
})

test('nothing that somebody wrote becomes markup or ends the data of the page', () => {
  const evil = '</script></body><script>alert(1)</script>$&'
  const page = renderDocument({
    ...{ title: evil, lang: 'en', dir: 'ltr', styles: ['/a.css'], scripts: ['/a.js'] },
    body: h('p', { title: evil }, evil),
    data: { evil },
  })
  expect(page.match(/<script/g)).toHaveLength(2)
  expect(page.match(/<\/body>/g)).toHaveLength(1)
  const data = /<script type="application\/json" id="page-data">(.*?)<\/script>/.exec(page)?.[1] ?? ''
  expect(JSON.parse(data)).toEqual({ evil })
  expect(page).not.toMatch(/ style=|onclick=/)
})
