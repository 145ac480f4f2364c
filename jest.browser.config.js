import base from './jest.config.js'

/** The console in a real browser: run where Chromium is installed (npm run test:browser). */
export default { ...base, testMatch: ['<rootDir>/test/browser/**/*.browser.ts'], maxWorkers: 1, testTimeout: 120_000 }
