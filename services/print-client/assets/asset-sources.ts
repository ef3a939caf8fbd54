import { typefaceSources } from './typeface-files.ts'

/**
 * Files that the client reads besides its code: name → place in a checkout. A name that ends with a slash is a folder, with all that is in
 * it. Whatever stands here goes into the package and into the executables; nothing else may be read beside the code.
 */
export const assetSources: Readonly<Record<string, string>> = {
  'page/': 'dist/print-client-page/',
  ...typefaceSources,
}
