import { type Static, Type } from 'typebox'
import { simpleSteps } from './steps.ts'

const strict = { additionalProperties: false } as const
/** Of one press of a button: sent twice, it counts once. */
const action = { action_id: Type.String({ pattern: '^[0-9a-z-]{8,40}$' }) }
const cause = Type.String({ minLength: 1, maxLength: 300 })

const Parcel = Type.Object(
  {
    carrier: Type.String({ minLength: 1, maxLength: 60 }),
    number: Type.String({ minLength: 1, maxLength: 80 }),
    quantity: Type.Integer({ minimum: 1, maximum: 100_000 }),
  },
  strict,
)

/** What the page may ask of a job: POST /api/jobs/{id}/{name}. */
export const requests = {
  accept: Type.Object(action, strict),
  step: Type.Object({ ...action, step: Type.Enum(simpleSteps) }, strict),
  ship: Type.Object({ ...action, parcels: Type.Array(Parcel, { minItems: 1, maxItems: 50 }) }, strict),
  delay: Type.Object({ ...action, expected_on: Type.String({ format: 'date' }), cause: Type.Optional(cause) }, strict),
  /** The shop will not make it, cannot make it, stops it because its publisher asked, or hears that the mail lost it. */
  end: Type.Object({ ...action, how: Type.Enum(['reject', 'fail', 'cancel', 'lost']), cause }, strict),
  /** What somebody found of a job that waits. */
  decide: Type.Object({ ...action, decision: Type.Enum(['printed', 'print', 'give_up']) }, strict),
}

type Requests = typeof requests
export type RequestName = keyof Requests
export type PageRequest = { [N in RequestName]: { readonly name: N; readonly body: Static<Requests[N]> } }[RequestName]
export type BodyOf<N extends RequestName> = Static<Requests[N]>
