import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'

/** CloudFront refuses more (docs.aws.amazon.com, "Restrictions on CloudFront Functions"). */
export const mostFunctionBytes = 10_240

/**
 * What JavaScript runtime 2.0 has beyond ES5 by its documentation. Anything else is written in older words or, where that cannot be done
 * (destructuring, for-of), fails here and not at three in the morning.
 */
const supported = { arrow: true, 'const-and-let': true, 'template-literal': true, 'rest-argument': true }

/** The text of the function at the edge: handler.ts with the contracts that it calls, in one piece. */
export function edgeFunctionCode(): string {
  const { outputFiles } = buildSync({
    entryPoints: [fileURLToPath(new URL('handler.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es5',
    supported,
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    logLevel: 'silent',
  })
  const text = outputFiles[0]?.text ?? ''
  // The runtime finds the function by its name and knows no exports.
  const code = text.replace(/export\{handler\};?\s*$/, '')
  if (code === text) throw new Error('The edge function is not built as expected: it does not end in its export')
  const size = Buffer.byteLength(code)
  if (size > mostFunctionBytes) {
    throw new Error(`The edge function has ${size} bytes; CloudFront takes ${mostFunctionBytes}`)
  }
  return code
}
