import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const quality = 9
const brotli = promisify(brotliCompress)
const zip = promisify(gzip)

/** How text is packed, by its name in HTTP. The same text gives the same bytes, whoever packs it. */
export const packText = {
  br: (text: Uint8Array): Promise<Buffer> =>
    brotli(text, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: quality,
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
        // A window as large as the text: the default one is 4 MB of memory to be cleared for every small document.
        [constants.BROTLI_PARAM_LGWIN]: Math.min(22, Math.max(10, Math.ceil(Math.log2(text.length + 16)))),
      },
    }),
  gzip: (text: Uint8Array): Promise<Buffer> => zip(text, { level: quality }),
} as const
