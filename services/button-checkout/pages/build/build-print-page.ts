import { join } from 'node:path'
import { packPages } from './pack-pages.ts'

const root = join(import.meta.dirname, '..', '..', '..', '..')
const page = join(root, 'services', 'print-client', 'page')
const defaultFolder = join(root, 'dist', 'print-client-page')

/** What the page of the print client loads, packed, in `target`. It lies here because esbuild builds what visitors load, in one way. */
export const buildPrintPage = (target: string = defaultFolder): Promise<void> =>
  packPages({ 'print.js': join(page, 'browser', 'main.ts'), 'print.css': join(page, 'style', 'page.css') }, target)
