import { basename, dirname, join } from 'node:path'

/** Where a damaged source stands while its repaired copy has its name: the sign that this is the second look at it. */
export const damagedPathOf = (path: string): string => join(dirname(path), `damaged-${basename(path)}`)
