/** Whatever was ever given must never be seen again, mistyped or not. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConnectionFile } from './scene-port.ts';

/** Something a process said, and may still be saying. */
export interface Said {
	readonly what: string;
	readonly text: () => string;
}

const NAMES = [
	'consumerKey',
	'consumerSecret',
	'webhookSecret',
	'accountToken',
	'clientSecret',
	'refreshToken',
];

export interface Secrets {
	keep( file: ConnectionFile ): void;
	add( name: string, secret: string ): void;
	/** Where a secret is told: in what was said, or in the database's bytes. */
	leaks(
		dataDir: string,
		said: readonly Said[],
		knownToBeStored: string
	): Promise< string[] >;
}

export function createSecrets(): Secrets {
	const secrets = new Map( [ [ 'oauth_signature=', 'a signature' ] ] );
	return {
		keep( { store, brightpearl: { auth } } ) {
			const given: Readonly< Record< string, unknown > > = {
				...store,
				...( auth as object ),
			};
			for ( const name of NAMES ) {
				const secret = given[ name ];
				if ( typeof secret === 'string' ) {
					secrets.set( secret, name );
				}
			}
			const pair = `${ store.consumerKey }:${ store.consumerSecret }`;
			secrets.set( Buffer.from( pair ).toString( 'base64' ), 'basic' );
		},
		add( name, secret ) {
			secrets.set( secret, name );
		},
		async leaks( dataDir, said, knownToBeStored ) {
			const database = await filesOf( dataDir, /^pearlbridge\.db/ );
			// A look into the wrong files would find nothing either.
			if (
				! database.some( ( [ , bytes ] ) =>
					bytes.includes( knownToBeStored )
				)
			) {
				throw new Error( `There is no database in ${ dataDir }.` );
			}
			const places = [
				...said.map( ( { what, text } ) => [ what, text() ] as const ),
				...database,
			];
			return places.flatMap( ( [ place, text ] ) =>
				[ ...secrets ]
					.filter( ( [ secret ] ) => text.includes( secret ) )
					.map( ( [ , name ] ) => `${ name } in ${ place }` )
			);
		},
	};
}

/** Name and bytes of files of a directory. */
async function filesOf(
	directory: string,
	names: RegExp
): Promise< [ string, string ][] > {
	const found = ( await readdir( directory ) ).filter( ( name ) =>
		names.test( name )
	);
	return Promise.all(
		found.map( async ( name ): Promise< [ string, string ] > => [
			name,
			( await readFile( join( directory, name ) ) ).toString( 'latin1' ),
		] )
	);
}
