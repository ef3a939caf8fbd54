import type { FacilityKeys } from './facility-keys.ts'
import { createFolderKeys } from './folder-keys.ts'
import { noKeys } from './no-keys.ts'

/** Who issues keys here. A deployed platform has `createIamKeys` here, once its stack makes the groups of its facilities. */
export const chooseKeys = ({ FACILITY_KEYS_FOLDER }: { readonly FACILITY_KEYS_FOLDER: string }): FacilityKeys =>
  FACILITY_KEYS_FOLDER === '' ? noKeys : createFolderKeys(FACILITY_KEYS_FOLDER)
