import { publishedTypes } from './published-types.ts'
import { spelledOut } from './type-text.ts'

/** The published form of contract-types.ts: every type written out, those that have a name of their own by that name. */
export function declarations(): string {
  const names = new Map(Object.entries(publishedTypes).map(([name, schema]) => [JSON.stringify(schema), name]))
  const types = Object.entries(publishedTypes).map(
    ([name, schema]) => `export type ${name} = ${spelledOut(schema, names)}\n`,
  )
  return ['/** The types of everything that the API takes and gives, made from its schemas. */', ...types].join('\n')
}
