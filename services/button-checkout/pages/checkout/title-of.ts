import type { PublicationDocument } from '#contracts/published/publication-document.ts'

/** Title and description in the nearest language that the publisher wrote: the exact one, its primary one, the common one. */
export function titleOf(publication: Pick<PublicationDocument, 'title' | 'texts'>, locale: string) {
  const texts = publication.texts ?? {}
  const words = texts[locale] ?? texts[locale.split('-')[0] ?? locale]
  return { title: words?.title ?? publication.title, description: words?.description }
}
