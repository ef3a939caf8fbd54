import type { Input } from './inputs/make-inputs.ts'
import type { Tool } from './tools.ts'

/** What a print file of ours or of a peer must be to count. */
export type Expected = { readonly pages: number; readonly widthMm: number; readonly heightMm: number }

/** A conversion by our own rooms; `ours.ts` knows how each is done. */
export const works = [
  're-encoded',
  'passed',
  'passed-unchecked',
  'cmyk',
  'magazine',
  'large',
  'pages',
  'canvas',
] as const
export type Work = (typeof works)[number]

/** Figures that PRINT-FILES §7 asks for: how many times the peer's wall and CPU time ours must fit into. */
export type Asked = { readonly wall?: number; readonly cpu?: number }

export type Peer = {
  readonly name: string
  readonly needs: readonly Tool[]
  readonly asked: Asked
  /** Runs in `sh` with IN (folder of inputs), OUT (empty folder), NODE and BENCH (this folder) set; writes $OUT/out.pdf. */
  readonly script: string
  /** What it makes; absent where it is a limit that makes no print file. */
  readonly expected?: Expected
  /** Where its work is not quite ours. */
  readonly note?: string
}

export type Row = {
  readonly id: string
  readonly title: string
  readonly inputs: readonly Input[]
  readonly work: Work
  readonly expected: Expected
  readonly peers: readonly Peer[]
  /** Asked of ours alone. */
  readonly limits?: { readonly wallMs?: number; readonly peakMB?: number }
  readonly note?: string
}
