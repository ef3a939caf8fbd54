import { expect, test } from 'vitest'

const folder = '../../../../services/order-api/published/pages'
const languages = ['de', 'en', 'es', 'fr', 'it', 'nl']
type Words = Readonly<Record<string, Readonly<Record<string, string>>>>

/** Of a text such as “from {price}”: price. */
const valuesIn = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).toSorted()

test.each(['status', 'preview'])(
  'the page %s says everything in six languages, with the same values in each sentence',
  async (page) => {
    const { words }: { words: Words } = await import(`${folder}/${page}-words.js`)
    expect(Object.keys(words).toSorted()).toEqual(languages)
    const english = words.en ?? {}
    for (const language of languages) {
      const own = words[language] ?? {}
      expect(Object.keys(own), language).toEqual(Object.keys(english))
      for (const [name, text] of Object.entries(english)) {
        expect(valuesIn(own[name] ?? ''), `${language} ${name}`).toEqual(valuesIn(text))
      }
    }
  },
)

test.each([
  { named: ['en-US@posix'], is: 'a Chromium on a Linux without a language (LANG=C)', locale: 'en-US', region: 'US' },
  { named: ['de@posix', 'fr'], is: 'the same in German', locale: 'de', region: undefined },
  { named: ['not a language', 'nl-BE'], is: 'one that names something odd first', locale: 'nl-BE', region: 'BE' },
  { named: [], is: 'one that names none', locale: 'en', region: undefined },
])('a page has numbers and times for any browser: $is', async ({ named, locale, region }) => {
  const { durationWords, wordsFor } = await import(`${folder}/page.js`)
  const { words } = await import(`${folder}/status-words.js`)
  const reader = wordsFor(words, named)
  expect(reader).toMatchObject({ locale, region })
  expect(durationWords(7_200_000, reader.locale)).toMatch(/^2 /)
})
