/**
 * Custom fields: what there is, what a record holds, and how it is changed (resources reference,
 * §1.9, §2.5, §3.3).
 */
import { z } from 'zod';
import { fail, hold, ok, type Result } from '../../contracts/result.ts';
import type {
	CustomFieldChange,
	CustomFieldDefinition,
	CustomFieldsApi,
	CustomFieldValue,
	FieldOwner,
	PatchOperation,
} from '../api.ts';
import type { Ask } from '../transport/call.ts';
import { read } from '../answers/decode.ts';
import { emptyIsNone, flag, id, textOrNone } from '../answers/fields.ts';
import type { Link } from './link.ts';

/** Sales orders and credits share one list; its path says `sale`. */
const DEFINITIONS: Readonly< Record< FieldOwner, string > > = {
	order: '/order-service/sale/custom-field-meta-data',
	contact: '/contact-service/customer/custom-field-meta-data',
	product: '/product-service/product/custom-field-meta-data',
};

const definitionsSchema = z.array(
	z
		.object( {
			code: z.string(),
			name: textOrNone,
			customFieldType: z.string(),
			required: flag.nullish(),
			options: emptyIsNone(
				z.record( z.string(), z.object( { id, value: z.string() } ) )
			).nullish(),
		} )
		.transform( ( field ): CustomFieldDefinition => ( {
			code: field.code,
			name: field.name ?? field.code,
			type: field.customFieldType,
			required: field.required ?? false,
			options: Object.values( field.options ?? {} ),
		} ) )
);

const valueSchema = z.union( [
	z.string(),
	z.number(),
	z.boolean(),
	z.object( { id, value: textOrNone } ),
	z.null(),
] );

const valuesSchema = emptyIsNone(
	z.record( z.string(), valueSchema )
).transform( ( values ) =>
	Object.fromEntries(
		Object.entries( values ).flatMap( ( [ code, value ] ) =>
			value === null ? [] : [ [ code, value ] as const ]
		)
	)
);
type Values = Readonly< Record< string, CustomFieldValue > >;

function readFields( ask: Ask, path: string ): Promise< Result< Values > > {
	return read< Values >( ask, { method: 'GET', path }, valuesSchema, {} );
}

function same(
	value: CustomFieldValue | undefined,
	wanted: CustomFieldChange
): boolean {
	if ( wanted === null || value === undefined ) {
		return wanted === null && value === undefined;
	}
	if ( typeof wanted === 'object' ) {
		return typeof value === 'object' && value.id === wanted.id;
	}
	// A whole number may come back as a text of digits (§9).
	return typeof value !== 'object' && String( value ) === String( wanted );
}

function operationOf(
	code: string,
	value: CustomFieldValue | undefined,
	wanted: CustomFieldChange
): PatchOperation {
	// `~` and `/` have a meaning in a path.
	const path = `/${ code.replaceAll( '~', '~0' ).replaceAll( '/', '~1' ) }`;
	if ( wanted === null ) {
		return { op: 'remove', path };
	}
	if ( value === undefined ) {
		return { op: 'add', path, value: wanted };
	}
	return typeof wanted === 'object'
		? { op: 'replace', path: `${ path }/id`, value: wanted.id }
		: { op: 'replace', path, value: wanted };
}

/** A path that was there when it was read is gone (CMNC-038): its field was emptied meanwhile. */
const MOVED = /CMNC-038|no such path/i;

/** That a value is of the wrong type is told as an error of their own (500, §1.9). */
const wrongType = ( path: string, codes: readonly string[] ) =>
	hold( {
		code: 'refused-by-brightpearl',
		message: `Brightpearl failed twice at PATCH ${ path } (${ codes.join( ', ' ) }).`,
		cause: 'So it answers a value that is not of the field’s type.',
		fix: 'Check the type of the custom field in Brightpearl and what is sent to it, then retry.',
		field: null,
	} );

/**
 * Reads first: `replace` fails on an empty field, and an existing choice is changed at its `/id`.
 */
async function patchFields(
	ask: Ask,
	path: string,
	changes: Readonly< Record< string, CustomFieldChange > >
): Promise< Result< void > > {
	for ( let tries = 0; ; tries++ ) {
		const now = await readFields( ask, path );
		if ( ! now.ok ) {
			return now;
		}
		const different = Object.entries( changes ).filter(
			( [ code, wanted ] ) => ! same( now.value[ code ], wanted )
		);
		if ( different.length === 0 ) {
			return ok( undefined );
		}
		const sent = await ask( {
			method: 'PATCH',
			path,
			body: different.map( ( [ code, wanted ] ) =>
				operationOf( code, now.value[ code ], wanted )
			),
		} );
		if ( sent.kind !== 'failed' ) {
			return ok( undefined );
		}
		const { failure } = sent;
		const again =
			failure.kind === 'hold'
				? MOVED.test( failure.problem.message )
				: sent.status === 500;
		if ( ! again ) {
			return fail( failure );
		}
		if ( tries > 0 ) {
			return failure.kind === 'hold'
				? fail( failure )
				: wrongType(
						path,
						different.map( ( [ code ] ) => code )
					);
		}
	}
}

const fieldsOf =
	( service: string, resource: string ) => ( recordId: number ) =>
		`/${ service }/${ resource }/${ recordId }/custom-field`;
const ofOrder = fieldsOf( 'order-service', 'order' );
const ofContact = fieldsOf( 'contact-service', 'contact' );

export function createCustomFieldsApi( { ask, kept }: Link ): CustomFieldsApi {
	return {
		customFieldDefinitions: ( owner, fresh ) =>
			kept(
				{ method: 'GET', path: DEFINITIONS[ owner ] },
				definitionsSchema
			)( fresh ),
		orderCustomFields: ( orderId ) => readFields( ask, ofOrder( orderId ) ),
		patchOrderCustomFields: ( orderId, changes ) =>
			patchFields( ask, ofOrder( orderId ), changes ),
		contactCustomFields: ( contactId ) =>
			readFields( ask, ofContact( contactId ) ),
		patchContactCustomFields: ( contactId, changes ) =>
			patchFields( ask, ofContact( contactId ), changes ),
	};
}
