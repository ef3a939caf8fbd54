import type { JobTicket } from '#contracts/messages/job-ticket.ts'
import type { JobPart } from '../parts.ts'
import { element } from '../xml.ts'

/** What a part is printed on, and what is laid over it: MediaIntent in gsm and micrometres, LaminatingIntent for a cover. */
export function paperIntent(ticket: JobTicket, { file, paper }: JobPart): readonly string[] {
  const { finish } = ticket.options
  const isCover = file.component === 'cover'
  const isSheet = file.component === 'sheet'
  const media = element('MediaIntent', {
    Coating: coatingOf(isSheet && finish !== undefined ? finish : paper?.words),
    MediaQuality: paper?.words,
    MediaType: ticket.product.family === 'canvas' ? 'Textile' : 'Paper',
    Thickness: paper?.caliperMicrometres,
    Weight: paper?.gsm,
  })
  const found = [element('Intent', { Name: 'MediaIntent' }, [media])]
  const texture = isCover && finish !== undefined ? textures[finish] : undefined
  if (texture === undefined) return found
  const foil = element('LaminatingIntent', { Surface: 'Front', Texture: texture })
  return [...found, element('Intent', { Name: 'LaminatingIntent' }, [foil])]
}

const textures: Readonly<Record<string, string>> = { matt: 'Matte', gloss: 'Gloss', satin: 'Satin' }

/** The surface that is meant by the trade's words. */
const coatings: readonly (readonly [RegExp, string])[] = [
  [/uncoated|offset|cream/, 'None'],
  [/silk|satin/, 'Satin'],
  [/gloss/, 'Gloss'],
  [/matt/, 'Matte'],
  [/coated/, 'Coated'],
]

const coatingOf = (words = ''): string | undefined =>
  coatings.find(([pattern]) => pattern.test(words.toLowerCase()))?.[1]
