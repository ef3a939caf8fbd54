import type { Built } from '../tracked.ts'

/** A document as text, with what must be there before anybody reads it. */
export type Rendered = {
  readonly text: string
  readonly type: 'application/json' | 'text/html' | 'text/css' | 'text/javascript' | 'image/svg+xml'
  /** Documents whose names it holds. */
  readonly parts: readonly Part[]
  /** When its text changes although nobody edits anything. */
  readonly changesAt?: Date | undefined
}

/** A document whose name is the hash of its text: it is put once and never changed. */
export type Part = { readonly path: string; readonly built: Built<Rendered> }

/** JSON as it is published. */
export const rendered = (document: object, more: Partial<Pick<Rendered, 'parts' | 'changesAt'>> = {}): Rendered => ({
  text: JSON.stringify(document),
  type: 'application/json',
  parts: [],
  ...more,
})
