import type { File } from '../../order-client/index.ts'
import type { Command } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { paintOf, tell } from '../output.ts'
import { usageFault } from '../read-arguments.ts'
import { sendFile } from '../send-file.ts'
import { tableText } from '../text/table.ts'
import { bytesText } from '../text/words.ts'

export const upload: Command = {
  name: 'upload',
  usage: 'FILE…',
  summary: 'send files to storage, to order with their ids',
  options: {},
  run: async (context) => {
    const { words } = context.given
    if (words.length === 0) throw usageFault('No file is named.', 'There is nothing to upload.', 'upload')
    const files: File[] = []
    for (const path of words) files.push(await sendFile(context, path))
    tell(context, { data: files }, () =>
      tableText(
        [{ title: 'FILE' }, { title: 'NAME', isElastic: true }, { title: 'SIZE', isNumber: true }],
        files.map(({ id, filename, size_bytes }) => [id, filename, bytesText(size_bytes)]),
        paintOf(context),
      ),
    )
    return exitCodes.fine
  },
}
