import { type Static, Type } from 'typebox'
import { fileRoles } from '../catalogue/product.ts'
import { Design } from '../design.ts'
import { findingCodes } from '../finding-codes.ts'
import { FacilityId, Id } from '../ids.ts'
import { ShownFinding } from './finding.ts'
import { ItemFiles } from './order-request.ts'

const strict = { additionalProperties: false } as const
const pages = (description: string) => Type.Optional(Type.Integer({ minimum: 1, description }))
const sku = (description: string) => Type.String({ minLength: 1, maxLength: 64, description })

/** Shown in the documentation; a test sends it. */
export const examplePreflight = {
  sku: 'softcover-a5',
  title: 'The Lighthouse',
  files: { interior: 'https://example.com/lighthouse.pdf' },
}

/** Body of POST /v1/preflights. */
export const PreflightRequest = Type.Object(
  {
    sku: Type.Optional(sku('what is to be made of the files; without it only what could be made of them is told')),
    files: ItemFiles,
    title: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'printed on a cover that we make' })),
    options: Type.Optional(
      Type.Record(Type.String({ maxLength: 40 }), Type.String({ maxLength: 40 }), {
        description: 'of the sku, as in an order; needs one',
      }),
    ),
    design: Type.Optional(Design),
    country: Type.Optional(
      Type.String({
        pattern: '^[A-Z]{2}$',
        description:
          'ISO 3166-1 alpha-2, upper case, e.g. NL: where it would be sent, needs a sku; checked as the facility that an order would go to makes it; the catalogue’s own bleed, spine and inks without',
      }),
    ),
  },
  { ...strict, examples: [examplePreflight] },
)
export type PreflightRequest = Static<typeof PreflightRequest>

export const preflightStates = ['running', 'completed', 'failed'] as const
/** How far it is: nobody has it yet; files are being fetched; looked into; pictures of pages are being drawn. */
export const preflightSteps = ['waiting', 'fetching', 'checking', 'drawing'] as const
/** A fault of ours, several times over; or nobody answered within the hour. Ask again. */
export const preflightFailures = ['processing_failed', 'timed_out'] as const

const codes = [...findingCodes.reject, ...findingCodes.warn, ...findingCodes.fixed] as const

/** A document or picture that was looked into; those of an archive one by one. */
const CheckedFile = Type.Object(
  {
    file: Type.String({ description: 'as findings name it: interior, images/3' }),
    format: Type.String({ description: 'by its bytes: pdf, jpeg, png, …' }),
    pages: Type.Optional(Type.Integer({ minimum: 0, description: 'of a PDF' })),
    page_width_mm: Type.Optional(Type.Number({ description: 'what is seen of the first page of a PDF' })),
    page_height_mm: Type.Optional(Type.Number()),
    width_px: Type.Optional(Type.Integer({ description: 'of a picture, as it is seen' })),
    height_px: Type.Optional(Type.Integer()),
  },
  strict,
)

/** What would become of these files as one product. */
const ProductFit = Type.Object(
  {
    sku: sku('from GET /v1/catalogue'),
    eligible: Type.Boolean({ description: 'an order of it with these files would be made' }),
    severity: Type.Enum(['none', 'fixed', 'warn', 'reject'], { description: 'of its gravest finding' }),
    codes: Type.Array(Type.Enum(codes), { description: 'of its findings, the gravest first, each once' }),
    roles: Type.Array(Type.Enum(fileRoles), { description: 'the roles to give the files in an order of it' }),
    pages: pages('of content, as an order or a quote states them'),
    printed_pages: pages('with blank ones at the end, as they are charged'),
    geometry_url: Type.Optional(Type.String({ description: 'sheets, boxes and spine at this page count' })),
  },
  strict,
)

const PagePicture = Type.Object(
  {
    file: Type.String({ description: 'whose page it shows: interior, images/3' }),
    page: Type.Integer({ minimum: 1 }),
    url: Type.String({ description: 'link to a JPEG, valid for fifteen minutes; ask again for a new one' }),
    width_px: Type.Integer(),
    height_px: Type.Integer(),
  },
  strict,
)

export const Preflight = Type.Object(
  {
    id: Id('preflight'),
    object: Type.Literal('preflight'),
    is_test: Type.Boolean(),
    status: Type.Enum(preflightStates, { description: 'completed also where the files cannot be printed' }),
    step: Type.Optional(Type.Enum(preflightSteps, { description: 'only while it is running' })),
    failure: Type.Optional(
      Type.Enum(preflightFailures, { description: 'only when it failed: no word about the files' }),
    ),
    sku: Type.Optional(Type.String()),
    facility_id: Type.Optional(FacilityId),
    outcome: Type.Optional(
      Type.Enum(['ready', 'rejected'], { description: 'of an order of the sku; absent where none was named' }),
    ),
    pages: pages('of content: of the sku, else of the file that carries the pages'),
    printed_pages: pages('of the sku, with blank ones at the end'),
    geometry_url: Type.Optional(Type.String({ description: 'of the sku at this page count' })),
    findings: Type.Array(ShownFinding, {
      description:
        'of the sku; without one only what stands against every product. The gravest fifty: the report has all',
    }),
    files: Type.Array(CheckedFile),
    products: Type.Array(ProductFit, {
      description: 'every product that takes files in these roles, as in the catalogue',
    }),
    previews: Type.Array(PagePicture, { description: 'the first pages, as they came' }),
    report_url: Type.Optional(Type.String({ description: 'link to all findings as JSON, valid for fifteen minutes' })),
    created_at: Type.String(),
    completed_at: Type.Optional(Type.String()),
    expires_at: Type.String({ description: 'from then on it is gone' }),
  },
  strict,
)
export type Preflight = Static<typeof Preflight>
