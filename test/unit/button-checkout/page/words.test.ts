import { expect, test } from 'vitest'
import { catalogue } from '#contracts/catalogue/catalogue.ts'
import { mostCopies } from '#contracts/checkout/cart.ts'
import { findingCodes } from '#contracts/finding-codes.ts'
import { differencesOfWords, languages } from '#look/words.ts'
import { findingText, findingWord } from '../../../../services/button-checkout/pages/checkout/preview/finding-text.ts'
import { mostOfOne } from '../../../../services/button-checkout/pages/checkout/product/quantity.ts'
import { en } from '../../../../services/button-checkout/pages/words/en.ts'
import { wordsByLanguage, wordsOf } from '../../../../services/button-checkout/pages/words/words-of.ts'

test('six languages say the same things, with the same places to be filled', () => {
  for (const language of languages) expect(differencesOfWords(en, wordsByLanguage[language])).toEqual([])
})

test('every sentence is there and is its own language’s', () => {
  for (const language of languages) {
    const words = wordsByLanguage[language]
    expect(Object.entries(words).filter(([, text]) => text.trim() === '')).toEqual([])
    if (language === 'en') continue
    const same = Object.entries(words).filter(
      ([key, text]) => text === Object.entries(en).find(([each]) => each === key)?.[1],
    )
    expect(same.length).toBeLessThan(20)
  }
})

test('whatever a check of production finds is told in words of the visitor', () => {
  for (const code of [...findingCodes.warn, ...findingCodes.reject]) expect(findingWord(code, en), code).toBeDefined()
})

test('the page of a finding, what was found and what was wanted are said in the visitor’s language', () => {
  const finding = {
    code: 'RESOLUTION_LOW' as const,
    severity: 'warn' as const,
    ...{ file: 'interior', page: 7, why: '', action: '' },
    ...{ found: '96 dpi (800 × 600 pixels)', wanted: 'at least 150 dpi, good from 300 dpi' },
  }
  expect(findingText(finding, en, 'en')).toBe('Page 7: photo at 96 dpi will look soft; 150 is the least we print well.')
  expect(findingText(finding, wordsOf('de-AT'), 'de')).toContain('Seite 7: Foto mit 96 dpi')
})

test('every family, binding, option and value of the catalogue has a name', () => {
  const names = new Set(Object.keys(en))
  for (const { family, construction, options } of catalogue) {
    expect(names).toContain(`family_${family}`)
    if (construction.kind === 'book') expect(names).toContain(`binding_${construction.binding}`)
    for (const [name, { values }] of Object.entries(options)) {
      expect(names).toContain(`option_${name}`)
      for (const value of values) expect(names).toContain(`value_${value}`)
    }
  }
})

test('the page lets a visitor choose as many copies as the contract takes', () => {
  expect(mostOfOne).toBe(mostCopies)
})
