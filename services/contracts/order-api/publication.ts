import { type Static, Type } from 'typebox'
import { Id } from '../ids.ts'
import { optionalFields, PublicationFields, requiredFields } from './publication-fields.ts'

export {
  Margin,
  mostLanguages,
  mostOffers,
  PictureEdit,
  PublicationContent,
  PublicationFields,
  PublicationOffer,
  PublicationTexts,
  Theme,
  ThumbnailRequest,
} from './publication-fields.ts'

const strict = { additionalProperties: false } as const

const publish = Type.Optional(
  Type.Boolean({ description: 'true: everyone sees it at once. Without: it is a draft until it is published' }),
)

/** Shown in the documentation; a test sends it. */
export const examplePublication = {
  title: 'Harbour Lights, issue 12',
  content: { kind: 'url', url: 'https://example.com/harbour-lights-12.pdf', pages: 48 },
  texts: {
    en: { button: 'Print this issue', description: 'Forty-eight pages of lighthouses, on real paper.' },
    nl: { title: 'Havenlichten, nummer 12', button: 'Print dit nummer' },
  },
  offers: [{ sku: 'magazine-a4', margin: { percent: 20 } }, { sku: 'softcover-a5' }],
  currency: 'EUR',
  country: 'NL',
  theme: { style: 'solid', accent: '#1d3557', shows_price: true },
  reference: 'harbour-lights-12',
}

/** Body of POST /v1/publications. */
export const PublicationRequest = Type.Object(
  { ...PublicationFields.properties, publish },
  {
    ...strict,
    examples: [examplePublication],
  },
)
export type PublicationRequest = Static<typeof PublicationRequest>

const orNull = <S extends Parameters<typeof Type.Union>[0][number]>(schema: S) =>
  Type.Optional(Type.Union([schema, Type.Null({ description: 'takes it away' })]))

/** Body of PATCH /v1/publications/{id}: what is absent stays, null takes away. */
export const PublicationChange = Type.Object(
  {
    ...Type.Partial(Type.Object(requiredFields)).properties,
    texts: orNull(optionalFields.texts),
    thumbnail: orNull(optionalFields.thumbnail),
    country: orNull(optionalFields.country),
    theme: orNull(optionalFields.theme),
    valid_from: orNull(optionalFields.valid_from),
    valid_until: orNull(optionalFields.valid_until),
    reference: orNull(optionalFields.reference),
    metadata: orNull(optionalFields.metadata),
    version: Type.Optional(
      Type.Integer({ minimum: 1, description: 'the version that you changed: 409 when there is a newer one' }),
    ),
    publish,
  },
  { ...strict, minProperties: 1, examples: [{ title: 'Harbour Lights, issue 12 (reprint)', publish: true }] },
)
export type PublicationChange = Static<typeof PublicationChange>

const publicationStates = ['draft', 'published'] as const
const workStates = ['none', 'processing', 'ready', 'failed'] as const

/** The gravest of all findings of all offers. */
export const proofWorst = ['none', 'fixed', 'warn', 'reject'] as const

export const Publication = Type.Object(
  {
    id: Id('publication'),
    object: Type.Literal('publication'),
    is_test: Type.Boolean(),
    state: Type.Enum(publicationStates),
    version: Type.Integer({ minimum: 1, description: 'of what stands here' }),
    published_version: Type.Optional(Type.Integer({ minimum: 1, description: 'what visitors see' })),
    ...PublicationFields.properties,
    thumbnail_state: Type.Object(
      {
        status: Type.Enum(workStates),
        failure: Type.Optional(Type.String({ description: 'why there is none, in words' })),
      },
      strict,
    ),
    proof_state: Type.Object(
      {
        status: Type.Enum(workStates, { description: 'none: nobody can look at the content before somebody orders' }),
        failure: Type.Optional(Type.String({ description: 'why nobody could look at the content, in words' })),
        worst: Type.Optional(Type.Enum(proofWorst, { description: 'the gravest finding, of all offers' })),
        rejected: Type.Optional(
          Type.Array(
            Type.Object({ offer: Type.Integer({ minimum: 0, description: 'its place' }), sku: Type.String() }, strict),
            { description: 'offers that the content cannot be printed as: visitors cannot buy them' },
          ),
        ),
      },
      {
        ...strict,
        description: 'what the content looks like in print: the document that `proof` of the published one names',
      },
    ),
    notices: Type.Optional(
      Type.Array(Type.String(), {
        description: 'which offers visitors cannot buy at the moment, and why; not in lists',
      }),
    ),
    document_url: Type.String({ description: 'what the button reads; there once it is published' }),
    preview_url: Type.String({ description: 'shows this version to whoever has the link' }),
    embed: Type.Object({ html: Type.String({ description: 'put it where the button shall be' }) }, strict),
    created_at: Type.String(),
    updated_at: Type.String(),
    published_at: Type.Optional(Type.String()),
  },
  strict,
)
export type Publication = Static<typeof Publication>

export const PublicationList = Type.Object(
  { data: Type.Array(Publication), next: Type.Union([Type.String(), Type.Null()]) },
  strict,
)

/** Body of POST /v1/publications/{id}/publish. */
export const PublishRequest = Type.Object(
  {
    version: Type.Optional(
      Type.Integer({ minimum: 1, description: 'an earlier version to show again; the newest without it' }),
    ),
  },
  { ...strict, examples: [{}] },
)

/** Body of POST /v1/publications/{id}/undo. */
export const UndoRequest = Type.Object(
  {
    version: Type.Optional(
      Type.Integer({ minimum: 1, description: 'the version to be undone: 409 when there is a newer one' }),
    ),
  },
  { ...strict, examples: [{}] },
)

/** One version of a publication, as it was saved. */
export const PublicationVersion = Type.Object(
  {
    version: Type.Integer({ minimum: 1 }),
    object: Type.Literal('publication_version'),
    ...PublicationFields.properties,
    undoes: Type.Optional(Type.Integer({ minimum: 1, description: 'made by undo: it holds what this version held' })),
    changed: Type.Array(Type.String(), { description: 'fields that differ from the version before' }),
    saved_at: Type.String(),
    saved_by: Type.String({ description: 'the key that did it' }),
    is_published: Type.Boolean({ description: 'visitors see this one' }),
  },
  strict,
)
export type PublicationVersion = Static<typeof PublicationVersion>

export const PublicationVersionList = Type.Object(
  { data: Type.Array(PublicationVersion), next: Type.Union([Type.String(), Type.Null()]) },
  strict,
)

export const DeletedPublication = Type.Object(
  { id: Id('publication'), object: Type.Literal('publication'), deleted: Type.Literal(true) },
  strict,
)
