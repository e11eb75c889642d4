import type { CodegenConfig } from '@graphql-codegen/cli'

// Types every operation in the tests from schema.graphql: a test that asks for what is not served does not compile. The
// benchmark asks other servers too, in documents put together from pieces.
export default {
  schema: 'schema.graphql',
  documents: ['test/**/*.ts', '!test/generated/**', '!test/bench/**'],
  ignoreNoDocuments: true,
  errorsOnly: true,
  importExtension: '.js',
  generates: {
    'test/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        documentMode: 'string',
        useTypeImports: true,
        enumsAsTypes: true,
        strictScalars: true,
        skipTypename: true,
        scalars: {
          Cursor: 'string',
          DateTime: 'string',
          EmailAddress: 'string',
          JSONObject: 'Record<string, unknown>',
          PhoneNumber: 'string',
          SafeInt: 'number',
          URL: 'string',
          UUID: 'string',
        },
      },
    },
  },
} satisfies CodegenConfig
