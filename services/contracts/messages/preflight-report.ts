import { type Static, Type } from 'typebox'
import { fileRoles } from '../catalogue/product.ts'
import { Finding } from '../findings.ts'
import { Box } from '../geometry/box.ts'
import { components } from '../geometry/component.ts'

const PageRange = Type.Object({ from: Type.Integer({ minimum: 1 }), to: Type.Integer({ minimum: 1 }) })

/** Which pages of a print file were drawn by a second engine before it left. */
export const LookedPages = Type.Object({
  component: Type.Enum(components),
  pages: Type.Integer({ minimum: 1 }),
  lookedAt: Type.Array(PageRange, { description: 'ink where ink was planned, fonts in the file' }),
  comparedWithSource: Type.Array(Type.Integer({ minimum: 1 }), { description: 'pages set beside their source' }),
})
export type LookedPages = Static<typeof LookedPages>

const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' })
const Input = Type.Object({
  role: Type.Enum(fileRoles),
  position: Type.Integer({ minimum: 0 }),
  filename: Type.Optional(Type.String()),
  sizeBytes: Type.Integer({ minimum: 0 }),
  sha256: Type.Optional(Sha256),
  /** In the place of sha256 for a file that was read in the store, by ranges. */
  announcedSha256: Type.Optional(Sha256),
  etag: Type.Optional(Type.String()),
})

/** A document or picture that was looked into; those of an archive one by one. */
const LookedFile = Type.Object({
  file: Type.String({ description: 'as findings name it: interior, images/3' }),
  format: Type.String(),
  pages: Type.Optional(Type.Integer({ minimum: 0 })),
  widthPx: Type.Optional(Type.Integer()),
  heightPx: Type.Optional(Type.Integer()),
})

const Sheet = Type.Object({
  component: Type.Enum(components),
  pages: Type.Integer({ minimum: 1, description: 'of the print file, padding included' }),
  sheetWidthMm: Type.Number(),
  sheetHeightMm: Type.Number(),
  trimBox: Box,
  safeBox: Type.Optional(Box),
  panels: Type.Optional(Type.Array(Type.Object({ name: Type.String(), box: Box }))),
  outputIntent: Type.Optional(Type.String({ description: 'printing condition that the inks are meant for' })),
})

const heading = { type: Type.Literal('preflight_report'), version: Type.Literal(1), sku: Type.String() }
const findings = Type.Array(Finding)

/** `preflight-report.json` beside the print files: all that preflight saw. Lengths in millimetres, pages from 1. */
export const PreflightReport = Type.Union([
  Type.Object({
    ...heading,
    outcome: Type.Literal('ready'),
    pages: Type.Integer({ minimum: 1, description: 'of content, before padding' }),
    inputs: Type.Array(Input),
    files: Type.Array(LookedFile),
    components: Type.Array(Sheet),
    looked: Type.Array(LookedPages),
    findings,
  }),
  Type.Object({ ...heading, outcome: Type.Literal('rejected'), findings }),
])
export type PreflightReport = Static<typeof PreflightReport>
