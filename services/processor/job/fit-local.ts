import { triesOf } from '#contracts/catalogue/tries-of.ts'
import { type Checked, checkFiles, refusedFiles } from './check-files.ts'
import { type LocalContext, type LocalFile, withLocalFiles } from './local-job.ts'
import { Rejected } from './rejected.ts'

/** What could be made of files of this machine, as POST /v1/preflights without a sku says it; nothing is made. */
export async function fitLocal(
  files: readonly LocalFile[],
  { title }: { readonly title?: string | undefined },
  context: LocalContext,
): Promise<Checked> {
  const asked = {
    tries: triesOf(files.map(({ role }) => role)),
    options: {},
    ...(title === undefined ? {} : { title }),
  }
  try {
    return await withLocalFiles(
      files,
      context,
      async (sources, rooms) => (await checkFiles(sources, asked, rooms)).checked,
      1,
    )
  } catch (error) {
    if (error instanceof Rejected) return refusedFiles(asked, files, error)
    throw error
  }
}
