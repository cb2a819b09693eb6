/**
 * Settings of the process (command line's contract, §1): flag > environment > default.
 *
 * Unknown `PEARLBRIDGE_*` names and values that cannot be read are errors, never ignored, and
 * all of them are told at once.
 */
import { resolve } from 'node:path';
import { z } from 'zod';
import { explainError, issueDetails } from '../contracts/issues.ts';
import {
	connectionNameSchema,
	MINUTE,
	parseDuration,
} from '../contracts/primitives.ts';
import { refusal, type CliFailure } from './failure.ts';
import { nearest } from './nearest.ts';

export const LOG_LEVELS = [
	'debug',
	'info',
	'warn',
	'error',
	'silent',
] as const;
export type LogLevel = ( typeof LOG_LEVELS )[ number ];

export type Environment = Readonly< Record< string, string | undefined > >;

export interface ProcessSettings {
	/** Absolute. */
	readonly dataDir: string;
	readonly host: string;
	readonly port: number;
	readonly publicUrl: string | null;
	/** Names the console answers to besides its own. */
	readonly allowedHosts: readonly string[];
	/** Who brings it sees `/metrics` from other machines too. */
	readonly metricsToken: string | null;
	readonly log: LogLevel;
	readonly json: boolean;
	readonly connection: string | null;
	/** Milliseconds. */
	readonly timeout: number;
	/** Names of what a person set by flag or environment, e.g. `port`. */
	readonly given: ReadonlySet< string >;
}

const PREFIX = 'PEARLBRIDGE_';
/** Also of the contract; read where they are used (`key-file.ts`) or by later parts. */
const OTHER_NAMES = [ 'PEARLBRIDGE_KEY', 'PEARLBRIDGE_KEY_FILE' ] as const;

const HOST_NAME = /^([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])$/;

const publicUrl = z
	.string()
	.refine( isPublicUrl, {
		message:
			'must be an https address such as https://hooks.example.com, without user, query or fragment',
	} )
	.transform( ( text ) => text.replace( /\/+$/, '' ) );

/** A port would promise a check that is not made (see the service's host check). */
const allowedHosts = z
	.string()
	.transform( ( text ) =>
		text
			.split( ',' )
			.map( ( name ) => name.trim() )
			.filter( ( name ) => name !== '' )
	)
	.refine(
		( names ) => names.every( ( name ) => HOST_NAME.test( name ) ),
		'must be host names such as bridge.example.com, without scheme or port, with commas between them'
	);

/** It goes in a header. */
const metricsToken = z
	.string()
	.regex( /^[\x21-\x7e]+$/, 'must be of ASCII characters without spaces' );

const SETTINGS = {
	dataDir: {
		flag: 'data-dir',
		env: 'PEARLBRIDGE_DATA_DIR',
		schema: z.string().min( 1 ),
	},
	host: {
		flag: 'host',
		env: 'PEARLBRIDGE_HOST',
		schema: z
			.string()
			.regex( /^[A-Za-z0-9.:_-]+$/, 'must be a host name or address' ),
	},
	port: {
		flag: 'port',
		env: 'PEARLBRIDGE_PORT',
		schema: z
			.string()
			.regex( /^\d{1,5}$/, 'must be a port number, 0 to 65535' )
			.transform( Number )
			.refine(
				( port ) => port <= 65535,
				'must be a port number, 0 to 65535'
			),
	},
	publicUrl: {
		flag: 'public-url',
		env: 'PEARLBRIDGE_PUBLIC_URL',
		schema: publicUrl,
	},
	allowedHosts: {
		flag: null,
		env: 'PEARLBRIDGE_ALLOWED_HOSTS',
		schema: allowedHosts,
	},
	metricsToken: {
		flag: null,
		env: 'PEARLBRIDGE_METRICS_TOKEN',
		schema: metricsToken,
	},
	log: {
		flag: 'log',
		env: 'PEARLBRIDGE_LOG',
		schema: z.enum( LOG_LEVELS ),
	},
	connection: {
		flag: 'connection',
		env: null,
		schema: connectionNameSchema,
	},
	timeout: {
		flag: 'timeout',
		env: null,
		schema: z
			.string()
			.refine(
				( text ) => parseDuration( text ) !== null,
				'is not a duration such as 500ms, 30s or 10m'
			)
			.transform( ( text ) => parseDuration( text ) ?? 0 ),
	},
} as const;

type Values = {
	-readonly [ K in keyof typeof SETTINGS ]?: z.output<
		( typeof SETTINGS )[ K ][ 'schema' ]
	>;
};

export function readProcessSettings(
	flags: Readonly< Record< string, unknown > >,
	env: Environment,
	at: { readonly cwd: string; readonly defaultDataDir: string }
): { readonly ok: true; readonly value: ProcessSettings } | CliFailure {
	const faults = unknownNames( env );
	const values: Record< string, unknown > = {};
	for ( const [ name, { flag, env: variable, schema } ] of Object.entries(
		SETTINGS
	) ) {
		// A bad variable is told even where a flag goes before it.
		const sources: [ string, unknown ][] = [
			[ variable ?? '', variable === null ? undefined : env[ variable ] ],
			[ `--${ flag }`, flag === null ? undefined : flags[ flag ] ],
		];
		for ( const [ source, raw ] of sources ) {
			if ( raw === undefined ) {
				continue;
			}
			const read = schema.safeParse( raw, { error: explainError } );
			if ( read.success ) {
				values[ name ] = read.data;
			} else {
				faults.push( ...issueDetails( read.error, [ source ] ) );
			}
		}
	}
	if ( faults.length > 0 ) {
		return refusal(
			faults.some( ( { path } ) => path.startsWith( PREFIX ) )
				? 'invalid-environment'
				: 'invalid-flag',
			`${ faults
				.map( ( { path, message } ) => `${ path } ${ message }` )
				.join( '; ' ) }.`,
			{ details: faults }
		);
	}
	const known = values as Values;
	return {
		ok: true,
		value: {
			dataDir: resolve( at.cwd, known.dataDir ?? at.defaultDataDir ),
			host: known.host ?? '127.0.0.1',
			port: known.port ?? 8780,
			publicUrl: known.publicUrl ?? null,
			allowedHosts: known.allowedHosts ?? [],
			metricsToken: known.metricsToken ?? null,
			log: known.log ?? 'info',
			json: flags[ 'json' ] === true,
			connection: known.connection ?? null,
			timeout: known.timeout ?? MINUTE,
			given: new Set( Object.keys( values ) ),
		},
	};
}

function unknownNames( env: Environment ): { path: string; message: string }[] {
	const names: string[] = [
		...OTHER_NAMES,
		...Object.values( SETTINGS ).flatMap( ( { env: name } ) => name ?? [] ),
	];
	return Object.keys( env )
		.filter(
			( name ) =>
				name.startsWith( PREFIX ) &&
				env[ name ] !== undefined &&
				! names.includes( name )
		)
		.sort()
		.map( ( name ) => {
			// Without what they all begin with, or all would be near.
			const near = nearest(
				name.slice( PREFIX.length ),
				names.map( ( known ) => known.slice( PREFIX.length ) )
			);
			return {
				path: name,
				message:
					'is not a known variable' +
					( near === null
						? ''
						: ` (did you mean ${ PREFIX }${ near }?)` ),
			};
		} );
}

/** Plain http only where it cannot leave the machine. */
function isPublicUrl( text: string ): boolean {
	if ( ! URL.canParse( text ) ) {
		return false;
	}
	const url = new URL( text );
	const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;
	return (
		( url.protocol === 'https:' ||
			( url.protocol === 'http:' && loopback.test( url.hostname ) ) ) &&
		url.username === '' &&
		url.password === '' &&
		url.search === '' &&
		url.hash === ''
	);
}
