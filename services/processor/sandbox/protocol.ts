import { type Static, Type } from 'typebox'
import { Finding } from '#contracts/findings.ts'
import { components } from '#contracts/geometry/component.ts'
import { Facts } from '../inspect/facts.ts'
import { ComponentPlan, JobPlan } from '../plan/job-plan.ts'
import { formats } from '../sniff/formats.ts'

/** File names inside the job folder: no way to name anything outside it. */
const JobFile = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,60}(\\.[a-z]{2,5})?$' })

export const SourceFile = Type.Object({ file: JobFile, format: Type.Enum(formats), label: Type.String() })
export type SourceFile = Static<typeof SourceFile>

const sources = Type.Array(SourceFile, { minItems: 1 })
const Output = Type.Object({ component: Type.Enum(components), file: JobFile, pages: Type.Integer({ minimum: 1 }) })
export type Output = Static<typeof Output>

/** What the parent asks of the child; one request, one answer, in turn. */
export const Request = Type.Union([
  Type.Object({ task: Type.Literal('inspect'), sources }),
  Type.Object({ task: Type.Literal('produce'), sources, plan: JobPlan, documentId: Type.String() }),
  Type.Object({
    task: Type.Literal('verify'),
    outputs: Type.Array(Output),
    expected: Type.Array(Type.Omit(ComponentPlan, ['pages'])),
  }),
])
export type Request = Static<typeof Request>

export const InspectAnswer = Type.Object({ facts: Type.Array(Facts) })
export const ProduceAnswer = Type.Object({ outputs: Type.Array(Output), findings: Type.Array(Finding) })
export const PreviewFile = Type.Object({
  component: Type.Enum(components),
  page: Type.Integer({ minimum: 1 }),
  file: JobFile,
  widthPx: Type.Integer(),
  heightPx: Type.Integer(),
})
export type PreviewFile = Static<typeof PreviewFile>
export const VerifyAnswer = Type.Object({
  faults: Type.Array(Type.String({ maxLength: 300 }), { maxItems: 50 }),
  previews: Type.Array(PreviewFile),
})

/** The child's envelope. `failed` is a fault of ours or of a hostile file; the words are for the log, not for customers. */
export const Envelope = Type.Union([
  Type.Object({ outcome: Type.Literal('done'), result: Type.Unknown() }),
  Type.Object({ outcome: Type.Literal('failed'), detail: Type.String() }),
])
