import { randomUUID } from 'node:crypto'
import { access, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Storage } from './storage.js'

/** Files below one folder. Replicas that share the folder share the files. */
export function diskStorage(root: string): Storage {
  const pathOf = (key: string) => join(root, key)
  return {
    async put(key, bytes) {
      const path = pathOf(key)
      await mkdir(dirname(path), { recursive: true })
      // A reader sees the whole file or none: it gets its name only when it is complete and on the disk.
      const draft = `${path}.${randomUUID()}.draft`
      try {
        const file = await open(draft, 'wx')
        try {
          await file.writeFile(bytes)
          await file.sync()
        } finally {
          await file.close()
        }
        await rename(draft, path)
      } catch (error) {
        await rm(draft, { force: true })
        throw error
      }
    },
    read: (key) => readFile(pathOf(key)),
    remove: (key) => rm(pathOf(key), { force: true }),
    locate: (key) =>
      access(pathOf(key)).then(
        () => ({ root, path: key }),
        () => null,
      ),
  }
}
