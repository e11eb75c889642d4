import 'reflect-metadata'
import { readFile, writeFile } from 'node:fs/promises'
import { composeSchema } from './emit-schema.js'
import { PERMISSIONS_PAGE, withPermissionTable } from './permission-table.js'

const page = await readFile(PERMISSIONS_PAGE, 'utf8')
await writeFile(PERMISSIONS_PAGE, withPermissionTable(page, await composeSchema()))
console.log(`Wrote the permissions in ${PERMISSIONS_PAGE}.`)
