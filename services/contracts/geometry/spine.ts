import { type Static, Type } from 'typebox'

/** How thick the block is, as the press's paper makes it. Sources: PRINT-FACTS §3, from the shops' published calculators. */
export const SpineRule = Type.Union([
  Type.Object({
    kind: Type.Literal('per_page'),
    mmPerPage: Type.Number({ exclusiveMinimum: 0, description: 'millimetres added by each page (a leaf has two)' }),
    plusMm: Type.Number({ minimum: 0, description: 'glue and cover, added once' }),
  }),
  Type.Object({
    kind: Type.Literal('paper'),
    gsm: Type.Number({ exclusiveMinimum: 0, description: 'grams per square metre' }),
    bulk: Type.Number({ exclusiveMinimum: 0, description: 'cubic centimetres per gram' }),
    coverCaliperMm: Type.Number({ minimum: 0, description: 'thickness of the cover sheet, counted twice' }),
  }),
  Type.Object({
    kind: Type.Literal('caliper'),
    leafMicrometres: Type.Number({ exclusiveMinimum: 0, description: 'measured thickness of one leaf of the block' }),
    coverMicrometres: Type.Number({ minimum: 0, description: 'thickness of the cover sheet, counted twice' }),
  }),
  Type.Object({
    kind: Type.Literal('bands'),
    bands: Type.Array(Type.Object({ toPages: Type.Integer({ minimum: 1 }), widthMm: Type.Number({ minimum: 0 }) }), {
      minItems: 1,
      description: 'ascending; the first band whose toPages is not exceeded decides',
    }),
  }),
])
export type SpineRule = Static<typeof SpineRule>
