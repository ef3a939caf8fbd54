import { readFile } from 'node:fs/promises'
import { PDFiumModule } from '@hyzyla/pdfium'
import { brokeError, PdfiumError } from './pdfium-error.ts'

type WasmInstance = { readonly exports: Readonly<Record<string, unknown>> }
type WasmTable = { readonly set: (index: number, value: unknown) => void }
/** Node has WebAssembly, but its types stand in the browser's library only; this is the part used here. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object, imports: object) => WasmInstance
  readonly Table: abstract new () => WasmTable
  readonly compile: (bytes: Uint8Array) => Promise<object>
}

/** One instance of PDFium in WebAssembly: named calls with numbers, and memory to pass bytes in. */
export type Engine = {
  readonly call: (name: string, ...values: readonly number[]) => number
  /** The instance's memory as it is now; it moves when it grows, so ask again after every call. */
  readonly memory: () => Uint8Array
  readonly allocate: (bytes: number) => number
  readonly free: (address: number) => void
  /** Makes a JavaScript function of so many i32 → i32 callable from inside, instead of the one before. */
  readonly callback: (parameters: 3 | 4, run: Callback) => number
  /** The same while `use` runs; then the one before is back. */
  readonly withCallback: <T>(parameters: 3 | 4, run: Callback, use: (place: number) => T) => T
}

export type Callback = (a: number, b: number, c: number, d: number) => number

let compiled: Promise<object> | undefined

/** Compiles the engine's 4 MB once per process (≈ 20 ms), so that every job can have an instance of its own. */
export function compiledEngine(): Promise<object> {
  compiled ??= readFile(new URL(import.meta.resolve('@hyzyla/pdfium/pdfium.wasm'))).then((bytes) =>
    WebAssembly.compile(bytes),
  )
  return compiled
}

/**
 * A new instance. One per document: after one abort, 97 later files failed in the same instance (PRINT-FILES §1).
 */
export async function startEngine(): Promise<Engine> {
  const module = await compiledEngine()
  const engine = await PDFiumModule({
    instantiateWasm: (imports, done) => {
      const instance = new WebAssembly.Instance(module, imports)
      // Emscripten wants the instance here; the library's own types say module.
      Reflect.apply(done, undefined, [instance])
      return instance.exports
    },
  })
  const call = (name: string, ...values: readonly number[]): number => {
    const run: unknown = Reflect.get(engine, `_${name}`)
    if (typeof run !== 'function') throw new Error(`PDFium has no ${name}`)
    try {
      return Number(Reflect.apply(run, engine, values))
    } catch (cause) {
      // A trap or an abort inside: of this file, not of ours.
      throw new PdfiumError(brokeError, { cause })
    }
  }
  const table: unknown = Reflect.get(engine.wasmExports, '__indirect_function_table')
  // Config version 2: no isolate, no fonts of the machine, the default renderer.
  const config = engine.wasmExports.malloc(32)
  engine.HEAPU8.fill(0, config, config + 32)
  engine.HEAPU8[config] = 2
  call('FPDF_InitLibraryWithConfig', config)
  return {
    call,
    memory: () => engine.HEAPU8,
    allocate: (bytes) => engine.wasmExports.malloc(bytes),
    free: (address) => engine.wasmExports.free(address),
    ...callbacksIn(table),
  }
}

function callbacksIn(table: unknown): Pick<Engine, 'callback' | 'withCallback'> {
  let before: { readonly parameters: 3 | 4; readonly run: Callback } | undefined
  const callback: Engine['callback'] = (parameters, run) => {
    before = { parameters, run }
    return placeInTable(table, parameters, run)
  }
  return {
    callback,
    withCallback: (parameters, run, use) => {
      try {
        return use(placeInTable(table, parameters, run))
      } finally {
        if (before) placeInTable(table, before.parameters, before.run)
      }
    },
  }
}

/** A module of one import and one export of it, of so many i32 → i32: the table takes wasm functions only. */
function trampoline(parameters: number): Uint8Array {
  const header = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]
  const i32 = 0x7f
  const types = [1, 5 + parameters, 1, 0x60, parameters, ...Array.from({ length: parameters }, () => i32), 1, i32]
  return Uint8Array.from([...header, ...types, 2, 7, 1, 1, 0x65, 1, 0x66, 0, 0, 7, 5, 1, 1, 0x66, 0, 0])
}

/** The table cannot grow; its place 0 stands for the null pointer and is empty. One callback an instance. */
const freePlace = 0

function placeInTable(table: unknown, parameters: number, run: Callback): number {
  if (!(table instanceof WebAssembly.Table)) throw new Error('PDFium has no function table')
  const instance = new WebAssembly.Instance(new WebAssembly.Module(trampoline(parameters)), { e: { f: run } })
  table.set(freePlace, instance.exports.f)
  return freePlace
}
