/**
 * Which fields of a connection file are sealed. The list names what is *not* secret, so that a
 * field somebody adds later is sealed unless they say otherwise.
 */
import { z } from 'zod';
import {
	connectionFileSchema,
	type ConnectionFile,
} from '../contracts/connection.ts';
import type { Sealer } from './sealer.ts';

const PUBLIC_STORE = [ 'type', 'url' ];
const PUBLIC_AUTH = [ 'type', 'appRef', 'clientId', 'devRef', 'expiresAt' ];

const sealedSchema = z.strictObject( { sealed: z.string() } );
type Fields = Readonly< Record< string, unknown > >;

/** What is stored: parts with secrets stay loose, the rest is the file as it is. */
const storedSchema = z.looseObject( {
	name: z.string(),
	store: z.record( z.string(), z.unknown() ),
	brightpearl: z.looseObject( { auth: z.record( z.string(), z.unknown() ) } ),
} );

/** The connection file as JSON, each text secret replaced by `{"sealed":"…"}`. */
export function sealConnection( file: ConnectionFile, sealer: Sealer ): string {
	const seal = ( fields: Fields, area: string, open: readonly string[] ) =>
		mapFields( fields, ( field, value ) =>
			typeof value === 'string' && ! open.includes( field )
				? {
						sealed: sealer.seal( value, [
							file.name,
							`${ area }.${ field }`,
						] ),
					}
				: value
		);
	return JSON.stringify( {
		...file,
		store: seal( file.store, 'store', PUBLIC_STORE ),
		brightpearl: {
			...file.brightpearl,
			auth: seal(
				file.brightpearl.auth,
				'brightpearl.auth',
				PUBLIC_AUTH
			),
		},
	} );
}

/** The reverse, checked: a default that a newer version added is filled in here. */
export function openConnection( doc: string, sealer: Sealer ): ConnectionFile {
	const stored = storedSchema.parse( JSON.parse( doc ) );
	const open = ( fields: Fields, area: string ) =>
		mapFields( fields, ( field, value ) => {
			const found = sealedSchema.safeParse( value );
			return found.success
				? sealer.open( found.data.sealed, [
						stored.name,
						`${ area }.${ field }`,
					] )
				: value;
		} );
	return connectionFileSchema.parse( {
		...stored,
		store: open( stored.store, 'store' ),
		brightpearl: {
			...stored.brightpearl,
			auth: open( stored.brightpearl.auth, 'brightpearl.auth' ),
		},
	} );
}

function mapFields(
	fields: Fields,
	map: ( field: string, value: unknown ) => unknown
): Record< string, unknown > {
	return Object.fromEntries(
		Object.entries( fields ).map( ( [ field, value ] ) => [
			field,
			map( field, value ),
		] )
	);
}
