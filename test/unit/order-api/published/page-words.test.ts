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
