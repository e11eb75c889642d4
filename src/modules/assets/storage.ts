/** Where the bytes of assets are. Keys are ours: letters, digits, slashes and dots. */
export interface Storage {
  /** Stores all of the bytes or none, durably. Storing under a key again replaces what was there. */
  put(key: string, bytes: Uint8Array): Promise<void>
  read(key: string): Promise<Uint8Array>
  /** Forgets the key. Harmless when there is nothing under it. */
  remove(key: string): Promise<void>
  /** How to serve what is under the key; null when there is nothing. */
  locate(key: string): Promise<StoredAt | null>
}

/** A file on this machine: `path` is relative to `root`. */
export interface StoredAt {
  readonly root: string
  readonly path: string
}
