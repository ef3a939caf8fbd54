import { languageOf, localeOf } from '#look/words.ts'
import { de } from './de.ts'
import { en, type InvoiceWords } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { nl } from './nl.ts'

/** The languages that the embedded typeface can write. Chinese needs one of many megabytes: those invoices are in English. */
export const invoiceWords = { en, nl, de, fr, es } as const

/** The words for a customer's language, and the locale that dates and amounts are written in. */
export function invoiceWordsOf(wish: string): { readonly words: InvoiceWords; readonly locale: string } {
  const language = languageOf(wish)
  return language === 'zh' ? { words: en, locale: 'en' } : { words: invoiceWords[language], locale: localeOf(wish) }
}
