import type { Issue } from '#contracts/parse.ts'
import type { OutputConfig } from './config-file.ts'
import type { NamedFolder } from './overlaps.ts'
import { mainOutput } from './read-outputs.ts'
import { windowsNameFault } from './windows-names.ts'

type Folders = {
  readonly outputs: Readonly<Record<string, OutputConfig>>
  readonly stateFolder: string
  readonly statusFolder: string
}

/** Every folder that a configuration names, by the place where it names it. A workflow's folders may lie in their hot folder. */
export function foldersOf({ outputs, stateFolder, statusFolder }: Folders, isShort: boolean): readonly NamedFolder[] {
  const named: NamedFolder[] = [
    { pointer: '/stateFolder', folder: stateFolder },
    { pointer: '/statusFolder', folder: statusFolder },
  ]
  for (const [name, output] of Object.entries(outputs)) {
    if (output.kind !== 'hot_folder') continue
    const at = `/outputs/${name}`
    const pointer = isShort && name === mainOutput ? '/hotFolder' : `${at}/folder`
    named.push({ pointer, folder: output.folder })
    if (output.done) named.push({ pointer: `${at}/done`, folder: output.done, mayLieIn: pointer })
    if (output.error) named.push({ pointer: `${at}/error`, folder: output.error, mayLieIn: pointer })
  }
  return named
}

/** Folders whose names Windows would not take. */
export const faultsOnWindows = (folders: readonly NamedFolder[]): readonly Issue[] =>
  folders.flatMap(({ pointer, folder }) => {
    const fault = windowsNameFault(folder)
    return fault === undefined ? [] : [{ pointer, detail: fault }]
  })
