import type { Publication } from '../../order-client/index.ts'
import type { Command, CommandContext } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { paintOf, tell } from '../output.ts'
import { stateText } from '../text/publication-text.ts'
import { publicationOptions, wantedChange, wantedPublication } from '../wanted-publication.ts'
import { publicationIdIn } from '../words-given.ts'

export const publicationsCreate: Command = {
  name: 'publications create',
  usage: '--title TEXT --file FILE --sku SKU …',
  summary: 'offer something in print: a draft, until it is published',
  options: {
    ...publicationOptions,
    'idempotency-key': { value: 'KEY', text: 'your own id of this: run again with it, there is still one' },
  },
  details: 'The same --margin goes to all products; --json-file can say one for each, and texts, thumbnail and theme.',
  run: async (context) => {
    const request = await wantedPublication(context)
    const idempotencyKey = context.given.text('idempotency-key')
    const { publications } = await context.client()
    const options = { signal: context.signal, ...(idempotencyKey === undefined ? {} : { idempotencyKey }) }
    const made = await publications.create(request, options)
    tell(context, made, () => savedText(context, 'Made', made))
    return exitCodes.fine
  },
}

export const publicationsUpdate: Command = {
  name: 'publications update',
  usage: 'PUBLICATION …',
  summary: 'save a new version; what is not named stays',
  options: {
    ...publicationOptions,
    version: { value: 'N', text: 'the version that you have in mind: refused when there is a newer one' },
  },
  details:
    'Products that stay keep their options and margins. Visitors go on seeing the published version until the new one is published.',
  run: async (context) => {
    const id = publicationIdIn(context, 'publications update')
    const { publications } = await context.client()
    const change = await wantedChange(context, () => publications.get(id, { signal: context.signal }))
    const saved = await publications.update(id, change, { signal: context.signal })
    tell(context, saved, () => savedText(context, 'Saved', saved))
    return exitCodes.fine
  },
}

/** What was done, and what comes next: the snippet for the page, or how it is published. */
export function savedText(context: CommandContext, done: string, publication: Publication): string {
  const paint = paintOf(context)
  const { id, published_version, version, embed, preview_url } = publication
  const isShown = published_version === version
  return [
    `${paint.strong(done)} ${id}: ${stateText(publication)}`,
    ...(isShown ? ['Visitors see it within seconds. Put this where the button shall be:', embed.html] : []),
    ...(isShown ? [] : [`Preview: ${preview_url}`, paint.quiet(`npx printcloud publications publish ${id}`)]),
  ].join('\n')
}
