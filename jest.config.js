import { availableParallelism } from 'node:os'

export default {
  testEnvironment: 'node',
  // One more than there are cores: the longest suites wait for time to pass, not for the processor.
  maxWorkers: availableParallelism() + 1,
  // The tests wait for events, never for a time: this only ends what hangs.
  testTimeout: 60_000,
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2024',
          parser: { syntax: 'typescript' },
          experimental: { keepImportAttributes: true },
        },
        module: { type: 'es6' },
      },
    ],
  },
  modulePathIgnorePatterns: ['<rootDir>/cdk.out'],
}
