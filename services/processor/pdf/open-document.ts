import type { ByteSource } from './byte-source.ts'
import { openDecryption } from './decryption.ts'
import { headerOf } from './header.ts'
import { ObjectStore } from './object-store.ts'
import { PdfFault } from './pdf-file.ts'
import { readXref, type XrefSection } from './read-xref.ts'
import { rebuildXref } from './rebuild-xref.ts'
import { substituteCatalog } from './substitute-catalog.ts'
import type { PdfDict } from './values.ts'

/** A file with its table of objects found or made anew, its encryption open and its catalog at hand. */
export class OpenDocument {
  readonly store: ObjectStore
  trailer: PdfDict = new Map()
  catalog: PdfDict = new Map()
  /** Newest first; none in a file whose table was made anew. */
  sections: readonly XrefSection[] = []
  wasRebuilt = false

  constructor(bytes: ByteSource) {
    this.store = new ObjectStore(bytes)
    // An object found missing while the first ones are read, or at any later time, makes the whole table suspect.
    this.store.onLostObject = () => this.#rebuild()
    if (!this.#readTable() && !this.wasRebuilt) this.#rebuild()
  }

  get isEncrypted(): boolean {
    return this.store.decryption !== undefined
  }

  #readTable(): boolean {
    const { bytes, reader } = this.store
    try {
      const xref = readXref(bytes, reader, headerOf(bytes).offset)
      if (xref === undefined) return false
      this.store.table = xref.table
      this.trailer = xref.trailer
      this.sections = xref.sections
      bytes.expect?.(xref.table.places())
      this.#decrypt()
      const catalog = this.store.resolve(this.trailer.get('Root'))
      if (this.wasRebuilt || !(catalog instanceof Map)) return false
      this.catalog = catalog
      return this.store.resolve(catalog.get('Pages')) instanceof Map && !this.wasRebuilt
    } catch (problem) {
      if (problem instanceof PdfFault && problem.code !== 'PASSWORD_REQUIRED') return false
      throw problem
    }
  }

  #rebuild(): void {
    this.wasRebuilt = true
    this.store.onLostObject = undefined
    this.store.decryption = undefined
    this.store.forget()
    this.sections = []
    this.trailer = rebuildXref(this.store, this.trailer, (trailer) => {
      this.trailer = trailer
      this.#decrypt()
    })
    const root = this.store.resolve(this.trailer.get('Root'))
    const isSound = root instanceof Map && this.store.resolve(root.get('Pages')) instanceof Map
    this.catalog = isSound ? root : substituteCatalog(this.store)
  }

  #decrypt(): void {
    const entry = this.trailer.get('Encrypt')
    if (entry === undefined || entry === null) return
    const encrypt = this.store.resolve(entry)
    if (!(encrypt instanceof Map)) return
    const id = this.store.resolve(this.trailer.get('ID'))
    const first = Array.isArray(id) ? this.store.resolve(id[0]) : undefined
    const decryption = openDecryption(encrypt, first, (value) => this.store.resolve(value))
    this.store.forget()
    this.store.decryption = decryption
  }
}
