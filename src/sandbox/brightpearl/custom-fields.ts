/**
 * Custom fields of any resource (resources reference, §1.9, §2.5, §3.3): read as a map, changed
 * by JSON Patch, described by meta-data.
 */
import { z } from 'zod';
import type { Account } from './account.ts';
import { idOf, idsOf, route } from './call.ts';
import type { Call, Route } from './call.ts';
import type { CustomValue, CustomValues } from './catalogue-model.ts';
import { DOCUMENTED, notFound, problem } from './codes.ts';
import type { CustomField } from './custom-field-definitions.ts';
import { answer, bad, good, refuse } from './reply.ts';
import type { Checked, Reply } from './reply.ts';
import { parseTime } from './zone.ts';

const patchSchema = z.array(
	z.strictObject( {
		op: z.string(),
		path: z.string(),
		value: z.unknown().optional(),
	} )
);

const OPERATIONS = [ 'add', 'replace', 'remove' ];

/** A value of the wrong type is a recorded 500 (§1.9). */
const wrongType = (): Reply =>
	refuse( 500, problem( DOCUMENTED.unexpected, 'Internal Server Error' ) );

/** Digits as a text are taken for a whole number (recorded, §9). */
function valueOf( field: CustomField, value: unknown ): CustomValue | null {
	switch ( field.type ) {
		case 'TEXT':
		case 'TEXT_AREA':
			return typeof value === 'string' ? value : null;
		case 'INTEGER':
			return /^-?\d{1,15}$/.test( String( value ) )
				? Number( value )
				: null;
		case 'DATE':
			return typeof value === 'string' &&
				parseTime( value, true ) !== null
				? value
				: null;
		case 'YES_NO':
			return typeof value === 'boolean' ? value : null;
		case 'SELECT': {
			const id = Number( ( value as { id?: unknown } | null )?.id );
			const text = field.options[ id ];
			return text === undefined ? null : { id, value: text };
		}
	}
}

function applyOne(
	values: CustomValues,
	fields: readonly CustomField[],
	{ op, path, value }: z.infer< typeof patchSchema >[ number ]
): Reply | null {
	const [ , code = '', part ] = /^\/([^/]+)(\/id)?$/.exec( path ) ?? [];
	const field = fields.find( ( entry ) => entry.code === code );
	if ( ! field || ( part !== undefined && field.type !== 'SELECT' ) ) {
		return refuse(
			400,
			problem(
				DOCUMENTED.patchPath,
				`Unsupported patch path (${ path })`
			)
		);
	}
	if ( ! OPERATIONS.includes( op ) || ( part && op === 'remove' ) ) {
		return refuse(
			500,
			problem(
				DOCUMENTED.patchOperation,
				`Invalid patch operation (${ op }) for given path (${ path })`
			)
		);
	}
	const missing = values[ code ] === undefined;
	// The `/id` of a choice exists only once something is chosen.
	if ( missing && ( op !== 'add' || part !== undefined ) ) {
		return refuse(
			400,
			problem( DOCUMENTED.patchMissing, `No such path (${ path })` )
		);
	}
	if ( op === 'remove' ) {
		delete values[ code ];
		return null;
	}
	const next = valueOf( field, part === undefined ? value : { id: value } );
	if ( next === null ) {
		return wrongType();
	}
	values[ code ] = next;
	return null;
}

/** The values after a patch, all or nothing. */
export function patchValues(
	body: unknown,
	before: Readonly< CustomValues >,
	fields: readonly CustomField[]
): Checked< CustomValues > {
	const read = patchSchema.safeParse( body );
	if ( ! read.success ) {
		return bad(
			refuse(
				400,
				problem(
					DOCUMENTED.notJson,
					'You must supply a JSON formatted body with your request'
				)
			)
		);
	}
	const values = { ...before };
	for ( const operation of read.data ) {
		const refused = applyOne( values, fields, operation );
		if ( refused ) {
			return bad( refused );
		}
	}
	return good( values );
}

/** What `includeOptional=customFields,nullCustomFields` adds to a resource. */
export function customFieldSections(
	call: Call,
	values: Readonly< CustomValues >,
	fields: readonly CustomField[]
): Record< string, unknown > {
	const wanted = ( call.query.get( 'includeOptional' ) ?? '' ).split( ',' );
	return {
		...( wanted.includes( 'customFields' )
			? { customFields: values }
			: {} ),
		...( wanted.includes( 'nullCustomFields' )
			? {
					nullCustomFields: fields
						.map( ( { code } ) => code )
						.filter( ( code ) => values[ code ] === undefined ),
				}
			: {} ),
	};
}

export const showField = (
	field: CustomField
): Record< string, unknown > => ( {
	id: field.id,
	code: field.code,
	name: field.name,
	customFieldType: field.type,
	required: false,
	...( field.type === 'SELECT'
		? {
				options: Object.fromEntries(
					Object.entries( field.options ).map( ( [ id, value ] ) => [
						id,
						{ id: Number( id ), value },
					] )
				),
			}
		: {} ),
} );

/** `…/custom-field-meta-data[/{id}]` */
export const metaDataRoute = (
	path: string,
	fields: readonly CustomField[]
): Route =>
	route(
		'GET',
		`${ path }/{ids?}`,
		'get-custom-fields-metadata',
		( call ) => {
			const ids = idsOf( call );
			if ( ! ids.ok ) {
				return ids.reply;
			}
			const found = fields.filter(
				( { id } ) => ids.value?.includes( id ) ?? true
			);
			return found.length === 0
				? refuse( 404, notFound( 'No custom field metadata found' ) )
				: answer( found.map( showField ) );
		}
	);

export interface FieldHolder< T > {
	/** `/product-service/product`; `/{id}/custom-field` is added. */
	readonly path: string;
	readonly find: ( account: Account, id: number ) => T | undefined;
	/** What is said of an id that is none. */
	readonly missing: ( call: Call ) => Reply;
	readonly fieldsOf: ( holder: T ) => readonly CustomField[];
	readonly read: ( holder: T ) => Readonly< CustomValues >;
	readonly save: ( call: Call, holder: T, values: CustomValues ) => void;
}

/** `GET|PATCH {path}/{id}/custom-field` */
export function customFieldRoutes< T >( holder: FieldHolder< T > ): Route[] {
	const path = `${ holder.path }/{id}/custom-field`;
	const onOne =
		( work: ( call: Call, found: T ) => Reply ) =>
		( call: Call ): Reply => {
			const found = holder.find( call.account, idOf( call ) );
			return found ? work( call, found ) : holder.missing( call );
		};
	return [
		route(
			'GET',
			path,
			'get-custom-fields',
			onOne( ( _, found ) => answer( holder.read( found ) ) )
		),
		route(
			'PATCH',
			path,
			'patch-custom-fields',
			onOne( ( call, found ) => {
				const patched = patchValues(
					call.body,
					holder.read( found ),
					holder.fieldsOf( found )
				);
				if ( ! patched.ok ) {
					return patched.reply;
				}
				holder.save( call, found, patched.value );
				return answer( patched.value );
			} )
		),
	];
}
