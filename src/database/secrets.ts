/**
 * Which fields of a connection are sealed. The list names what is *not* secret, so that a
 * field somebody adds later is sealed unless they say otherwise.
 */
import { z } from 'zod';
import {
	connectionRecordSchema,
	type ConnectionRecord,
} from '../contracts/connection.ts';
import type { Sealer } from './sealer.ts';

const PUBLIC_STORE = [ 'type', 'url' ];
const PUBLIC_PREVIOUS = [ 'until' ];
const PUBLIC_AUTH = [ 'type', 'appRef', 'clientId', 'devRef', 'expiresAt' ];

const sealedSchema = z.strictObject( { sealed: z.string() } );
type Fields = Readonly< Record< string, unknown > >;

/** What is stored: parts with secrets stay loose, the rest is the record as it is. */
const looseSchema = z.record( z.string(), z.unknown() );
const storedSchema = z.looseObject( {
	name: z.string(),
	store: looseSchema.and(
		z.object( { previousWebhookSecret: looseSchema.optional() } )
	),
	brightpearl: z.looseObject( { auth: looseSchema } ).nullable(),
} );

/** The record as JSON, each text secret replaced by `{"sealed":"…"}`. */
export function sealConnection(
	record: ConnectionRecord,
	sealer: Sealer
): string {
	const seal = ( fields: Fields, area: string, open: readonly string[] ) =>
		mapFields( fields, ( field, value ) =>
			typeof value === 'string' && ! open.includes( field )
				? {
						sealed: sealer.seal( value, [
							record.name,
							`${ area }.${ field }`,
						] ),
					}
				: value
		);
	const { store, brightpearl } = record;
	return JSON.stringify( {
		...record,
		store: {
			...seal( store, 'store', PUBLIC_STORE ),
			previousWebhookSecret:
				store.previousWebhookSecret &&
				seal(
					store.previousWebhookSecret,
					'store.previousWebhookSecret',
					PUBLIC_PREVIOUS
				),
		},
		brightpearl: brightpearl && {
			...brightpearl,
			auth: seal( brightpearl.auth, 'brightpearl.auth', PUBLIC_AUTH ),
		},
	} );
}

/** The reverse, checked: a default that a newer version added is filled in here. */
export function openConnection(
	doc: string,
	sealer: Sealer
): ConnectionRecord {
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
	const { store, brightpearl } = stored;
	return connectionRecordSchema.parse( {
		...stored,
		store: {
			...open( store, 'store' ),
			...( store.previousWebhookSecret && {
				previousWebhookSecret: open(
					store.previousWebhookSecret,
					'store.previousWebhookSecret'
				),
			} ),
		},
		brightpearl: brightpearl && {
			...brightpearl,
			auth: open( brightpearl.auth, 'brightpearl.auth' ),
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
