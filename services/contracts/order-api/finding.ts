import { type Static, Type } from 'typebox'
import { Finding } from '../findings.ts'
import { components } from '../geometry/component.ts'
import { Box } from './catalogue.ts'

const strict = { additionalProperties: false } as const
const { code, severity, file, page, found, wanted, why, action } = Finding.properties

const PrintedOn = Type.Object(
  {
    component: Type.Enum(components),
    pages: Type.String({
      description: 'pages of that component, from 1, as ranges: "1-3, 7"; of very many, the first',
    }),
  },
  { ...strict, description: 'where in the print files it is seen' },
)

/** What preflight saw, as the API shows it. */
export const shownFinding = {
  ...{ code, severity, file, page },
  printed_on: Type.Optional(PrintedOn),
  where: Type.Optional(Box),
  ...{ found, wanted, why, action },
}
export const ShownFinding = Type.Object(shownFinding, strict)
export type ShownFinding = Static<typeof ShownFinding>
