import { filled } from '#look/words.ts'
import { named } from './named.ts'
import { wordsOf } from './words-of.ts'

/** What was chosen of a product, in the words in which it was offered: "Edges: Black". Server only, as it knows all languages. */
export function optionTexts(options: Readonly<Record<string, string>>, language: string): readonly string[] {
  const words = wordsOf(language)
  return Object.entries(options).map(([option, value]) =>
    filled(words.optionIs, { option: named(`option_${option}`, words), value: named(`value_${value}`, words) }),
  )
}
