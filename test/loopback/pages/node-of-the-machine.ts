import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** The Node of the machine, not the one of this package: the first on the PATH that does not lie in node_modules. */
export function nodeOfTheMachine(): string {
  const folders = (process.env.PATH ?? '').split(':').filter((each) => !each.includes('node_modules'))
  return folders.map((each) => join(each, 'node')).find((each) => existsSync(each)) ?? process.execPath
}
