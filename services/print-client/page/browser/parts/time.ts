import { h } from '#look/h.ts'

/** A time in the reader's zone; the exact one in UTC on a look with the mouse. */
export const Time = ({ iso, text }: { readonly iso: string; readonly text: string }) =>
  h('time', { dateTime: iso, title: iso }, text)
