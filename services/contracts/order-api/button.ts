import { type Static, Type } from 'typebox'
import { Id } from '../ids.ts'

const strict = { additionalProperties: false } as const

/** Body of PUT /v1/button. */
export const ButtonRequest = Type.Object(
  { publication: Id('publication') },
  { ...strict, examples: [{ publication: 'pub_01k9xqj3v8f0c2t6w4m5n7p9r1' }] },
)
export type ButtonRequest = Static<typeof ButtonRequest>

/** What buttons stand for that name a publishable key of this world and bring a file of the page. */
export const ButtonSetting = Type.Object(
  {
    object: Type.Literal('button'),
    is_test: Type.Boolean(),
    publication: Type.Union([Id('publication'), Type.Null()], { description: 'null: none is chosen' }),
  },
  strict,
)
export type ButtonSetting = Static<typeof ButtonSetting>
