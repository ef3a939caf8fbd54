/** What a button says by itself; `%` is a price, or the day from which on there is something. */
export type Words = readonly [print: string, from: string, ended: string]

/** English is for all other languages too. */
export const words: Readonly<Record<string, Words>> & { readonly en: Words } = {
  en: ['Print this', 'from %', 'Not available'],
  nl: ['Print dit', 'vanaf %', 'Niet leverbaar'],
  de: ['Drucken lassen', 'ab %', 'Nicht verfügbar'],
  fr: ['Imprimer', 'dès %', 'Non disponible'],
  es: ['Imprimir', 'desde %', 'No disponible'],
  zh: ['打印', '%起', '已停售'],
}
