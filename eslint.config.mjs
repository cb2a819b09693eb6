import tseslint from 'typescript-eslint';

/**
 * Imports go one way (see docs/architecture.md):
 * contracts ← {domain, signing} ← {database, queue, brightpearl, woocommerce} ← flows ← http ← app ← cli ← main.
 * The four in the second braces never import each other, and only woocommerce of them signs. Only cli and tests import the sandbox.
 */
const LAYERS = {
	contracts: [ 'contracts' ],
	domain: [ 'contracts', 'domain' ],
	database: [ 'contracts', 'domain', 'database' ],
	queue: [ 'contracts', 'domain', 'queue' ],
	brightpearl: [ 'contracts', 'domain', 'brightpearl' ],
	woocommerce: [ 'contracts', 'domain', 'signing', 'woocommerce' ],
	signing: [ 'contracts', 'signing' ],
	flows: [
		'contracts',
		'domain',
		'signing',
		'database',
		'queue',
		'brightpearl',
		'woocommerce',
		'flows',
	],
	http: [
		'contracts',
		'domain',
		'signing',
		'database',
		'queue',
		'brightpearl',
		'woocommerce',
		'flows',
		'http',
	],
	net: [ 'contracts', 'net' ],
	sandbox: [ 'contracts', 'domain', 'sandbox' ],
};
const ALL = [ ...Object.keys( LAYERS ), 'cli', 'app.ts', 'main.ts' ];

/** The pure layers may not touch the outside world. */
const PURE = [ 'contracts', 'domain' ];
const IMPURE_MODULES = [
	'node:fs',
	'node:fs/promises',
	'node:http',
	'node:https',
	'node:net',
	'node:sqlite',
	'node:child_process',
	'undici',
	'fastify',
	'pino',
	'kysely',
];

const layerRules = Object.entries( LAYERS ).map( ( [ layer, allowed ] ) => ( {
	files: [ `src/${ layer }/**/*.ts` ],
	rules: {
		'no-restricted-imports': [
			'error',
			{
				paths: PURE.includes( layer )
					? IMPURE_MODULES.map( ( name ) => ( {
							name,
							message: `${ layer } is pure: pass it in.`,
						} ) )
					: [],
				patterns: ALL.filter(
					( other ) => ! allowed.includes( other )
				).map( ( other ) => ( {
					regex: other.endsWith( '.ts' )
						? `^(\\.\\./)+${ other.replace( '.', '\\.' ) }$`
						: `^(\\.\\./)+${ other }/`,
					message: `${ layer } may import only ${ allowed.join( ', ' ) }.`,
				} ) ),
			},
		],
		...( PURE.includes( layer )
			? {
					'no-restricted-globals': [
						'error',
						'fetch',
						'process',
						'setTimeout',
						'setInterval',
					],
					'no-restricted-syntax': [
						'error',
						{
							selector:
								"CallExpression[callee.object.name='Date'][callee.property.name='now']",
							message: 'No clock here: pass the time in.',
						},
						{
							selector:
								"NewExpression[callee.name='Date'][arguments.length=0]",
							message: 'No clock here: pass the time in.',
						},
						{
							selector:
								"CallExpression[callee.object.name='Math'][callee.property.name='random']",
							message: 'No randomness here: pass it in.',
						},
					],
				}
			: {} ),
	},
} ) );

export default tseslint.config(
	{
		ignores: [
			'dist/**',
			'node_modules/**',
			'vendor/**',
			'test/data/**',
			'coverage/**',
			'.pearlbridge*/**',
		],
	},
	...tseslint.configs.recommended,
	{
		rules: {
			eqeqeq: [ 'error', 'always', { null: 'ignore' } ],
			curly: 'error',
			'no-var': 'error',
			'prefer-const': 'error',
			'@typescript-eslint/consistent-type-imports': 'error',
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ argsIgnorePattern: '^_' },
			],
		},
	},
	{
		files: [ 'src/**/*.ts' ],
		languageOptions: {
			parserOptions: {
				projectService: true,
				tsconfigRootDir: import.meta.dirname,
			},
		},
		rules: {
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-misused-promises': 'error',
			'@typescript-eslint/switch-exhaustiveness-check': [
				'error',
				{ considerDefaultExhaustiveForUnions: true },
			],
		},
	},
	{
		files: [ 'admin-ui/**/*.{ts,tsx}' ],
		languageOptions: {
			parserOptions: {
				project: './admin-ui/tsconfig.json',
				tsconfigRootDir: import.meta.dirname,
			},
		},
		rules: {
			'@typescript-eslint/no-restricted-imports': [
				'error',
				{
					// In wp-admin React is the page's own, and comes through these.
					paths: [ 'react', 'react-dom', 'react-dom/client' ].map(
						( name ) => ( {
							name,
							allowTypeImports: true,
							message: 'Import from @wordpress/element.',
						} )
					),
					patterns: [
						{
							regex: '^(\\.\\./)+(?:src/(?!contracts/)|test/|build/)',
							message:
								'admin-ui imports only src/contracts and packages.',
						},
						{
							regex: '^node:',
							message: 'This runs in a browser.',
						},
						{
							regex: '^@wordpress/[^/]+/(?!build-style/)',
							message: 'No deep imports.',
						},
					],
				},
			],
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/switch-exhaustiveness-check': [
				'error',
				{ considerDefaultExhaustiveForUnions: true },
			],
		},
	},
	...layerRules
);
