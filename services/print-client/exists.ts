import { lstat } from 'node:fs/promises'
import { ifThere } from '#chassis/if-there.ts'

/** Whether something has this name, be it a link to nowhere. Throws what the file system says apart from "no such". */
export const exists = async (path: string): Promise<boolean> => (await ifThere(lstat(path))) !== undefined
