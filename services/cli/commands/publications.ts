import type { Publication, PublicationVersion } from '../../order-client/index.ts'
import type { Command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { isMeant, paintOf, tell, yes } from '../output.ts'
import { publicationText, stateText } from '../text/publication-text.ts'
import { tableText } from '../text/table.ts'
import { timeText } from '../text/words.ts'
import { wholeNumber } from '../wanted-items.ts'
import { publicationIdIn } from '../words-given.ts'
import { publicationsCreate, publicationsUpdate, savedText } from './publications-write.ts'

const publicationsList: Command = {
  name: 'publications list',
  usage: '',
  summary: 'what you offer, newest first',
  options: { limit: { value: 'N', text: 'how many; 20 without' }, all: { text: 'all of them' } },
  run: async (context) => {
    const { given, signal } = context
    const most = given.has('all') ? Number.POSITIVE_INFINITY : (wholeNumber(given, 'limit', 'publications list') ?? 20)
    const { publications } = await context.client()
    const found: Publication[] = []
    for await (const publication of publications.list({ limit: Math.min(100, most), signal })) {
      found.push(publication)
      if (found.length >= most) break
    }
    tell(context, { data: found }, () =>
      found.length === 0
        ? 'No publications yet. Make the first one with "npx printcloud publications create".'
        : tableText(
            [{ title: 'PUBLICATION' }, { title: 'STATE' }, { title: 'TITLE', isElastic: true }],
            found.map((each) => [each.id, stateText(each), each.title]),
            paintOf(context),
          ),
    )
    return exitCodes.fine
  },
}

const publicationsShow: Command = {
  name: 'publications show',
  usage: 'PUBLICATION',
  summary: 'one of them, whole, with its snippet',
  options: {},
  run: async (context) => {
    const id = publicationIdIn(context, 'publications show')
    const found = await (await context.client()).publications.get(id, { signal: context.signal })
    tell(context, found, () => publicationText(found, paintOf(context)))
    return exitCodes.fine
  },
}

const publicationsPublish: Command = {
  name: 'publications publish',
  usage: 'PUBLICATION',
  summary: 'let everyone see it; prints the snippet for the page',
  options: { version: { value: 'N', text: 'an earlier version; the newest without' } },
  run: async (context) => {
    const id = publicationIdIn(context, 'publications publish')
    const version = wholeNumber(context.given, 'version', 'publications publish')
    const { publications } = await context.client()
    const options = { signal: context.signal, ...(version === undefined ? {} : { version }) }
    const published = await publications.publish(id, options)
    tell(context, published, () => savedText(context, 'Published', published))
    return exitCodes.fine
  },
}

const publicationsUndo: Command = {
  name: 'publications undo',
  usage: 'PUBLICATION',
  summary: 'save what was there before the newest version',
  options: { version: { value: 'N', text: 'the version to be undone: refused when there is a newer one' } },
  run: async (context) => {
    const id = publicationIdIn(context, 'publications undo')
    const version = wholeNumber(context.given, 'version', 'publications undo')
    const { publications } = await context.client()
    const undone = await publications.undo(id, {
      signal: context.signal,
      ...(version === undefined ? {} : { version }),
    })
    tell(context, undone, () => savedText(context, 'Undone', undone))
    return exitCodes.fine
  },
}

const publicationsDelete: Command = {
  name: 'publications delete',
  usage: 'PUBLICATION',
  summary: 'take it away for everyone',
  options: { yes },
  run: async (context) => {
    const id = publicationIdIn(context, 'publications delete')
    const client = await context.client()
    if (!(await isMeant(context, `Delete ${id}? Its button shows nothing from then on.`))) return exitCodes.endedBadly
    await client.publications.delete(id, { signal: context.signal })
    tell(context, { id, deleted: true }, () => `Deleted ${id}.`)
    return exitCodes.fine
  },
}

const publicationsVersions: Command = {
  name: 'publications versions',
  usage: 'PUBLICATION',
  summary: 'everything that was ever saved, newest first',
  options: { limit: { value: 'N', text: 'how many; 20 without' } },
  run: async (context) => {
    const id = publicationIdIn(context, 'publications versions')
    const most = wholeNumber(context.given, 'limit', 'publications versions') ?? 20
    const { publications } = await context.client()
    const found: PublicationVersion[] = []
    for await (const version of publications.versions(id, { signal: context.signal })) {
      found.push(version)
      if (found.length >= most) break
    }
    tell(context, { data: found }, () =>
      tableText(
        [{ title: 'VERSION', isNumber: true }, { title: 'SAVED' }, { title: 'WHAT', isElastic: true }, { title: '' }],
        found.map((each) => [
          String(each.version),
          timeText(each.saved_at),
          whatChanged(each),
          each.is_published ? '● published' : '',
        ]),
        paintOf(context),
      ),
    )
    return exitCodes.fine
  },
}

function whatChanged({ undoes, changed, version }: PublicationVersion): string {
  if (undoes !== undefined) return `as version ${undoes}`
  return version === 1 ? 'made' : changed.join(', ')
}

export const publicationCommands: readonly Command[] = [
  publicationsList,
  publicationsShow,
  publicationsCreate,
  publicationsUpdate,
  publicationsPublish,
  publicationsUndo,
  publicationsDelete,
  publicationsVersions,
]
