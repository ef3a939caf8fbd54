import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Programs that rows compare with, and the Debian package that brings each. */
export const packages = {
  convert: 'imagemagick',
  img2pdf: 'img2pdf',
  gs: 'ghostscript',
  qpdf: 'qpdf',
  mutool: 'mupdf-tools',
  djpeg: 'libjpeg-turbo-progs',
  cjpeg: 'libjpeg-turbo-progs',
  pdfinfo: 'poppler-utils',
  cp: 'coreutils',
  xargs: 'findutils',
} as const
export type Tool = keyof typeof packages

export function isInstalled(tool: Tool): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => isProgram(join(folder, tool)))
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

export const missingWords = (tool: Tool): string => `${tool} is not installed (Debian package ${packages[tool]})`
