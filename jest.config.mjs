/** Jest over native ES modules; TypeScript and SQL go through esbuild, nothing is type-checked here. */
export default {
	testEnvironment: 'node',
	globalSetup: '<rootDir>/test/e2e/global-setup.mjs',
	roots: [ '<rootDir>/test' ],
	testMatch: [ '**/*.test.ts' ],
	extensionsToTreatAsEsm: [ '.ts', '.sql' ],
	moduleFileExtensions: [ 'ts', 'js', 'mjs', 'json', 'sql' ],
	transform: { '\\.(ts|sql)$': '<rootDir>/build/jest-transform.mjs' },
	testTimeout: 60000,
};
