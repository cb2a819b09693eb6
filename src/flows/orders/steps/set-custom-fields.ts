/**
 * SetCustomFields: what the order's custom fields are to hold. A value that does not fit its field,
 * a field that is not there and a refusal are told, and stop nothing else.
 */
import type {
	CustomFieldChange,
	CustomFieldDefinition,
} from '../../../brightpearl/api.ts';
import { ok, type Result } from '../../../contracts/result.ts';
import {
	journaled,
	journalTarget,
	note,
	saveLink,
	type Applying,
} from '../applying.ts';
import { fieldValue } from './field-value.ts';
import { notReadYet } from './read-order.ts';
import { isRefused, named, refusalAs } from './refusal.ts';

export async function setCustomFields(
	applying: Applying,
	fields: Readonly< Record< string, string > >
): Promise< Result< void > > {
	const { connected, link } = applying;
	const { salesOrderId } = link;
	if ( salesOrderId === null ) {
		return notReadYet();
	}
	const target = journalTarget( applying, 'SetCustomFields' );
	const definitions = await definitionsOf( applying, Object.keys( fields ) );
	if ( ! definitions.ok ) {
		return definitions;
	}
	const changes: Record< string, CustomFieldChange > = {};
	const misfits: string[] = [];
	for ( const [ code, text ] of Object.entries( fields ) ) {
		const definition = definitions.value.find(
			( field ) => field.code === code
		);
		const fitted =
			definition === undefined
				? ( { ok: false, why: 'there is no such field' } as const )
				: fieldValue( definition, text );
		if ( fitted.ok ) {
			changes[ code ] = fitted.value;
		} else {
			await note( target, 'refused', code, fitted.why );
			misfits.push(
				`${ code } cannot hold “${ text }”: ${ fitted.why }`
			);
		}
	}
	if ( misfits.length > 0 ) {
		applying.told.push( {
			code: 'refused-by-brightpearl',
			message: `${ named( link ) }: custom field ${ misfits.join( '; ' ) }.`,
			cause: 'The field in Brightpearl is of another type, has other choices or has another code.',
			fix: 'Correct orders.customFields or the field in Brightpearl, then retry.',
			field: 'orders.customFields',
		} );
	}
	const codes = Object.keys( changes );
	if ( codes.length === 0 ) {
		return ok( undefined );
	}
	const set = await journaled(
		target,
		codes.join( ', ' ),
		() =>
			connected.brightpearl.patchOrderCustomFields(
				salesOrderId,
				changes
			),
		() => null,
		() =>
			saveLink( applying, {
				fields: {
					...applying.link.fields,
					...Object.fromEntries(
						codes.map( ( code ) => [ code, fields[ code ] ?? '' ] )
					),
				},
			} )
	);
	if ( set.ok || ! isRefused( set.failure ) ) {
		return set;
	}
	applying.told.push(
		refusalAs( set.failure, {
			code: 'refused-by-brightpearl',
			what: `${ named( link ) }: custom fields (${ codes.join( ', ' ) }) were not taken:`,
			cause: 'A value does not fit its field.',
			fix: 'Correct orders.customFields or the fields in Brightpearl, then retry.',
			field: 'orders.customFields',
		} ).failure.problem
	);
	return ok( undefined );
}

/** The order's fields; asked past the cache where one is missing, for it may be new. */
async function definitionsOf(
	{ connected }: Applying,
	codes: readonly string[]
): Promise< Result< readonly CustomFieldDefinition[] > > {
	const { brightpearl } = connected;
	const known = await brightpearl.customFieldDefinitions( 'order' );
	return known.ok &&
		codes.some(
			( code ) => ! known.value.some( ( field ) => field.code === code )
		)
		? brightpearl.customFieldDefinitions( 'order', true )
		: known;
}
