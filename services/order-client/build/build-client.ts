import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundleBrowser } from './bundle-browser.ts'
import { declarations } from './declarations.ts'
import { writePackage } from './write-package.ts'

const source = join(import.meta.dirname, '..')
const root = join(source, '..', '..')
const stage = join(root, '.tsbuild', `client-${process.pid}`)

const page = { lib: ['es2022', 'dom', 'dom.iterable'], types: [] } as const

/**
 * JavaScript and declarations of the client for any Node from 18 on, browsers and workers, in `target`: a package. The sources are
 * staged with the types of the contracts written out, so that nothing of what is published imports anything.
 */
export function buildClient(target: string): void {
  const draft = join(stage, 'out')
  mkdirSync(stage, { recursive: true })
  try {
    for (const name of readdirSync(source).filter((each) => each !== 'build' && !each.startsWith('tsconfig'))) {
      cpSync(join(source, name), join(stage, name), { recursive: true })
    }
    writeFileSync(join(stage, 'contract-types.ts'), declarations())
    // First as a page would see it: without the types of Node, so that none of its parts slips in.
    compile('index.ts', { ...page, noEmit: true })
    compile('node/index.ts', { lib: ['es2022'], types: ['node'], outDir: draft })
    compile('browser/read-publication.ts', { ...page, emitDeclarationOnly: true, outDir: draft })
    renameSync(join(draft, 'browser', 'read-publication.d.ts'), join(draft, 'browser', 'read.d.ts'))
    bundleBrowser(stage, join(draft, 'browser', 'read.js'))
    pointToOutput(draft)
    writePackage(draft, root)
    rmSync(target, { recursive: true, force: true })
    cpSync(draft, target, { recursive: true })
  } finally {
    rmSync(stage, { recursive: true, force: true })
  }
}

/** The compiler rewrites `./x.ts` in JavaScript only; in declarations not every compiler of others understands it. */
function pointToOutput(folder: string): void {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.d.ts')) continue
    const path = join(folder, name)
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(/('\.{1,2}\/[^']*)\.ts'/g, "$1.js'"))
  }
}

function compile(entry: string, options: Readonly<Record<string, unknown>>): void {
  const compilerOptions = {
    ...{ target: 'es2022', module: 'nodenext', strict: true, noUncheckedIndexedAccess: true, declaration: true },
    ...{ verbatimModuleSyntax: true, rewriteRelativeImportExtensions: true, skipLibCheck: true, rootDir: '.' },
    ...options,
  }
  writeFileSync(join(stage, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [entry] }))
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  const { status, stdout } = spawnSync(process.execPath, [compiler, '-p', stage], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`The client does not compile:\n${stdout}`)
}
