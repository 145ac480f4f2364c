export default {
  testEnvironment: 'node',
  // Jest keeps one core for itself: on a machine of two that would leave one worker.
  maxWorkers: '100%',
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
