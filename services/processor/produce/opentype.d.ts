declare module 'opentype.js/dist/opentype.mjs' {
  import type { Typeface } from './typeface.ts'

  export function parse(font: ArrayBuffer): Typeface
}
