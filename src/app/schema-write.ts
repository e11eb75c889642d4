import 'reflect-metadata'
import { writeFile } from 'node:fs/promises'
import { emitSchema } from './emit-schema.js'

await writeFile('schema.graphql', await emitSchema())
console.log('Wrote schema.graphql.')
