import { ServiceError } from './service-error.ts'

const element = /"((?:[^"\\]|\\.)*)"|([^,{}"]+)/gs

/** The elements of PostgreSQL's text form of a one-dimensional array: `{a,"b c",NULL}`. */
export function readArray(text: string): readonly (string | null)[] {
  if (text.startsWith('{{') || text.startsWith('['))
    throw new ServiceError(
      'UnsupportedResultException',
      'The result contains the unsupported data type ARRAY of ARRAY.',
    )
  return [...text.slice(1, -1).matchAll(element)].map(([, quoted, plain]) => {
    if (quoted !== undefined) return quoted.replace(/\\(.)/gs, '$1')
    return plain === undefined || plain === 'NULL' ? null : plain
  })
}
