type Family = {
  readonly package: string
  /** Of the names of its files. */
  readonly ending: string
  /** Those that job sheets need; absent: all of them. */
  readonly slices?: readonly string[]
}

const varied = (name: string, slices?: readonly string[]): Family => ({
  package: `@fontsource-variable/${name}`,
  ending: 'wght-normal',
  ...(slices === undefined ? {} : { slices }),
})

/** Noto Sans by alphabet, in the order in which they are asked. Chinese, Japanese and Korean signs come last: theirs are the most. */
export const typefaceFamilies: Readonly<Record<string, Family>> = {
  'noto-sans': varied('noto-sans', [
    ...['latin', 'latin-ext', 'cyrillic', 'cyrillic-ext', 'greek', 'greek-ext', 'vietnamese', 'devanagari'],
  ]),
  'noto-sans-arabic': varied('noto-sans-arabic', ['arabic']),
  'noto-sans-hebrew': { package: '@fontsource/noto-sans-hebrew', ending: '400-normal', slices: ['hebrew'] },
  'noto-sans-thai': varied('noto-sans-thai', ['thai']),
  'noto-sans-sc': varied('noto-sans-sc'),
  'noto-sans-kr': varied('noto-sans-kr'),
}

/** Name of a slice's asset. */
export const typefaceFile = (name: string, { ending }: Family, slice: string): string =>
  `fonts/${name}/${name}-${slice}-${ending}.woff2`

/** Names and places of the files, for `assetSources`. */
export const typefaceSources: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(typefaceFamilies).flatMap(([name, family]) => {
    const place = `node_modules/${family.package}`
    const list: readonly [string, string] = [`fonts/${name}/unicode.json`, `${place}/unicode.json`]
    if (family.slices === undefined) return [list, [`fonts/${name}/`, `${place}/files/`]]
    const files = family.slices.map((slice) => typefaceFile(name, family, slice))
    return [list, ...files.map((file) => [file, `${place}/files/${file.slice(file.lastIndexOf('/') + 1)}`])]
  }),
)
