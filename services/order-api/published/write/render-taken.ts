import { matches } from '#contracts/parse.ts'
import type { CacheRule } from '#contracts/published/cache-rules.ts'
import type { Publishing } from '../publishing.ts'
import { readPriceData } from '../read/read-price-data.ts'
import type { Release } from '../read/release.ts'
import { subjects } from '../read/subjects.ts'
import { renderDocument } from '../render/render-document.ts'
import type { Rendered } from '../render/rendered.ts'
import { trackedSources } from '../render/sources.ts'
import type { Built } from '../tracked.ts'
import { type PackedDocument, packedDocument } from './pack-document.ts'
import { readSubjects } from './read-subjects.ts'
import { registerTags, type TakenDocument } from './take-documents.ts'

/** A document in hand as it is to be: undefined where there shall be none. */
export type RenderedDocument = {
  readonly taken: TakenDocument
  /** Its tags were not all known when it was taken: whoever changed one of these things at the same moment may have missed it. */
  readonly isNewlyTagged: boolean
} & Outcome

/** Or why it could not be rendered. */
type Outcome =
  | { readonly built: Built<Rendered> | undefined; readonly packed: PackedDocument | undefined }
  | { readonly cause: unknown }

/** A document may become made of something else while it is read; after so many times it is somebody else's turn. */
const mostRounds = 3

/**
 * Renders documents from what the database says. A document is only given when its tags stood in the database before its sources were read:
 * an edit of one of them either is in it, or finds it by the tag.
 */
export async function renderTaken(
  { database, now }: Pick<Publishing, 'database' | 'now'>,
  release: Release,
  lease: string,
  taken: readonly TakenDocument[],
): Promise<readonly RenderedDocument[]> {
  const known = new Map(taken.map(({ path, tags }) => [path, new Set(tags)]))
  const done: RenderedDocument[] = []
  let open = taken
  for (let round = 1; open.length > 0; round += 1) {
    const isNewlyTagged = round > 1
    const rendered = await renderAll(database, release, open, now())
    const lacking = rendered.filter((each) => lacks(each, known.get(each.taken.path)))
    done.push(...rendered.filter((each) => !lacking.includes(each)).map((each) => ({ ...each, isNewlyTagged })))
    if (lacking.length === 0) break
    if (round === mostRounds) {
      const cause = new Error('What it is made of changed each time it was read')
      done.push(...lacking.map((each) => ({ taken: each.taken, isNewlyTagged, cause })))
      break
    }
    await registerTags(database, lease, lacking.map(tagsToBe))
    for (const each of lacking) for (const tag of tagsToBe(each).tags) known.get(each.taken.path)?.add(tag)
    open = lacking.map((each) => each.taken)
  }
  return done
}

type Attempt = { readonly taken: TakenDocument } & Outcome

const tagsToBe = (each: Attempt) => ({
  path: each.taken.path,
  tags: 'built' in each ? (each.built?.tags ?? []) : [],
})

const lacks = (each: Attempt, known: ReadonlySet<string> | undefined): boolean =>
  tagsToBe(each).tags.some((tag) => !known?.has(tag))

async function renderAll(
  database: Publishing['database'],
  { pages }: Release,
  taken: readonly TakenDocument[],
  now: Date,
): Promise<readonly Attempt[]> {
  const { subjectOf, currencies, failed } = await readSubjects(database, taken, now)
  const ofLists = taken.flatMap(({ subject }) => (matches(subjects.currency, subject) ? [subject.currency] : []))
  const data = await readPriceData(database, [...new Set([...ofLists, ...currencies])], now)
  const sources = trackedSources({ ...data, pages, now })
  return taken.map((each) => {
    try {
      if (failed.has(each.path)) return { taken: each, cause: failed.get(each.path) }
      const built = renderDocument(each, sources, subjectOf)
      return { taken: each, built, packed: built && packedDocument(each.path, built, ruleOf(each)) }
    } catch (cause) {
      return { taken: each, cause }
    }
  })
}

const ruleOf = ({ kind }: TakenDocument): CacheRule => (kind === 'preview' || kind === 'sale' ? kind : 'document')
