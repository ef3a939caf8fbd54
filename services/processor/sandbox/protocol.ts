import { type Static, Type } from 'typebox'
import { Finding } from '#contracts/findings.ts'
import { components } from '#contracts/geometry/component.ts'
import { LookedPages } from '#contracts/messages/preflight-report.ts'
import { PictureEdit } from '#contracts/order-api/publication.ts'
import { Facts, Unreadable } from '../inspect/facts.ts'
import { ZipAnswer } from '../pictures/zip-answer.ts'
import { JobPlan } from '../plan/job-plan.ts'
import { formats } from '../sniff/formats.ts'

/** File names inside the job folder: no way to name anything outside it. */
const JobFile = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,80}(\\.[a-z]{2,8})?$' })

export const SourceFile = Type.Object({
  file: JobFile,
  format: Type.Enum(formats),
  label: Type.String(),
  /** Asking for facts: whether a larger picture is sound may show when print files are made. */
  unprovenAbovePx: Type.Optional(Type.Integer({ minimum: 0 })),
  /** Asking for print files: it has not been shown. */
  isUnproven: Type.Optional(Type.Boolean()),
})
export type SourceFile = Static<typeof SourceFile>

const sources = Type.Array(SourceFile, { minItems: 1 })
/** A print file in the job folder. With `base` it is that source's own bytes, as they came, followed by those of `file`. */
export const Output = Type.Object({
  component: Type.Enum(components),
  file: JobFile,
  base: Type.Optional(JobFile),
  pages: Type.Integer({ minimum: 1 }),
})
export type Output = Static<typeof Output>

/** A child's finding has nothing in it that the contract does not name: reports are sent on as they are. */
const ownFindings = Type.Array(
  Type.Object(
    { ...Finding.properties, file: Type.Optional(Type.String({ maxLength: 100 })) },
    { additionalProperties: false },
  ),
  { maxItems: 20_000 },
)

/** What the parent asks of the child; one request, one answer, in turn. */
export const Request = Type.Union([
  Type.Object({ task: Type.Literal('unpack'), file: JobFile }),
  Type.Object({ task: Type.Literal('inspect'), sources }),
  Type.Object({ task: Type.Literal('show'), sources, mostPages: Type.Integer({ minimum: 1 }) }),
  Type.Object({
    task: Type.Literal('thumbnail'),
    source: SourceFile,
    page: Type.Integer({ minimum: 1 }),
    edit: PictureEdit,
    /** Among the pictures that lie in the job folder. */
    place: Type.Integer({ minimum: 0 }),
    widthsPx: Type.Array(Type.Integer({ minimum: 1 }), { minItems: 1 }),
  }),
  Type.Object({ task: Type.Literal('produce'), sources, plan: JobPlan, documentId: Type.String() }),
  Type.Object({ task: Type.Literal('verify'), sources, plan: JobPlan, outputs: Type.Array(Output) }),
])
export type Request = Static<typeof Request>

export const UnpackAnswer = ZipAnswer
export const InspectAnswer = Type.Object({ facts: Type.Array(Facts) })
/** A picture of a page of a source, by its place among those that were asked about. */
export const ShownPage = Type.Object(
  {
    source: Type.Integer({ minimum: 0 }),
    page: Type.Integer({ minimum: 1 }),
    file: JobFile,
    widthPx: Type.Integer(),
    heightPx: Type.Integer(),
  },
  { additionalProperties: false },
)
export type ShownPage = Static<typeof ShownPage>
export const ShowAnswer = Type.Object({ shown: Type.Array(ShownPage, { maxItems: 50 }) })
/** Sizes with the narrowest first; each lies in the job folder in every format. */
const DrawnThumbnail = Type.Object(
  {
    kind: Type.Literal('drawn'),
    sizes: Type.Array(
      Type.Object(
        { widthPx: Type.Integer({ minimum: 1 }), heightPx: Type.Integer({ minimum: 1 }) },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 10 },
    ),
    colour: Type.String({ pattern: '^#[0-9a-f]{6}$' }),
  },
  { additionalProperties: false },
)
export type DrawnThumbnail = Static<typeof DrawnThumbnail>
export const ThumbnailAnswer = Type.Union([DrawnThumbnail, Unreadable])
export type ThumbnailAnswer = Static<typeof ThumbnailAnswer>
export const ProduceAnswer = Type.Object({
  outputs: Type.Array(Output, { maxItems: components.length }),
  findings: ownFindings,
  /** A picture that was unproven is damaged: nothing was made, facts of all sources are wanted once more, proven. */
  wantsProof: Type.Optional(Type.Boolean()),
})
/** Exactly this: more in it would travel on into the report, the key of somebody else's picture for one. */
export const PreviewFile = Type.Object(
  {
    component: Type.Enum(components),
    page: Type.Integer({ minimum: 1 }),
    file: JobFile,
    widthPx: Type.Integer(),
    heightPx: Type.Integer(),
    /** Only this part of the sheet is shown. */
    panel: Type.Optional(Type.String({ maxLength: 20 })),
  },
  { additionalProperties: false },
)
export type PreviewFile = Static<typeof PreviewFile>
export const VerifyAnswer = Type.Object({
  faults: Type.Array(Type.String({ maxLength: 1000 }), { maxItems: 50 }),
  /** Pages whose faults go away when they are printed as pictures of their source. */
  paintable: Type.Array(Type.Object({ component: Type.Enum(components), page: Type.Integer({ minimum: 1 }) }), {
    maxItems: 20_000,
  }),
  findings: ownFindings,
  previews: Type.Array(PreviewFile, { maxItems: 500 }),
  looked: Type.Array(LookedPages),
})
export type VerifyAnswer = Static<typeof VerifyAnswer>

/** Pages made so far; `piece` is a finished part in the job folder that another run of the same job can take up. */
export const Progress = Type.Object({
  pagesDone: Type.Integer({ minimum: 0 }),
  pagesOfAll: Type.Integer({ minimum: 1 }),
  piece: Type.Optional(JobFile),
})
export type Progress = Static<typeof Progress>

/** The child's envelope: any number of `progress`, then one of the others. `failed` is a fault of ours or of a hostile file; the words are for the log, not for customers. */
export const Envelope = Type.Union([
  Type.Object({ outcome: Type.Literal('done'), result: Type.Unknown() }),
  Type.Object({ outcome: Type.Literal('failed'), detail: Type.String() }),
  Type.Object({ outcome: Type.Literal('progress'), ...Progress.properties }),
])
