/**
 * Faults and switches: what is set, and forms to set it.
 */
import { z } from 'zod';
import { escapeHtml } from '../http-kit.ts';
import { faultSchema } from './faults.ts';
import { form, input, select, table } from './page-html.ts';
import type { Sandbox } from './sandbox.ts';
import { switchesSchema } from './switches.ts';
import type { Switches } from './switches.ts';

const FAULT_KINDS = faultSchema.shape.kind.options;

export const faultsTable = ( sandbox: Sandbox ): string =>
	table(
		'Faults that are set',
		[ 'Kind', 'Share#', 'Method', 'Path', 'Account', 'Count', 'Went off#' ],
		sandbox.faults
			.list()
			.map( ( fault ) => [
				fault.kind,
				fault.rate,
				fault.method ?? 'any',
				fault.path ?? 'any of the API',
				fault.account ?? 'any',
				fault.count ?? 'no end',
				fault.fired,
			] )
	);

export function faultsPage( sandbox: Sandbox ): string {
	const accounts = [ '', ...sandbox.tenants.keys() ];
	return `${ faultsTable( sandbox ) }
${ form( { action: '/do/clear-faults', back: '/faults', button: 'Clear all faults', plain: true } ) }
<h2>Set one more</h2>
${ form( {
	action: '/do/fault',
	back: '/faults',
	fields: [
		select( 'kind', 'Kind', FAULT_KINDS ),
		input(
			'rate',
			'Share (0 to 1)',
			'type="number" min="0" max="1" step="any" value="1"'
		),
		select( 'method', 'Method', [
			'',
			'GET',
			'POST',
			'PUT',
			'PATCH',
			'DELETE',
			'OPTIONS',
		] ),
		input( 'path', 'Part of the path (* = anything)' ),
		select( 'account', 'Account', accounts ),
		input( 'count', 'At most so often', 'type="number" min="1" step="1"' ),
		input( 'ms', 'Slow: milliseconds', 'type="number" min="0" step="1"' ),
		select( 'committed', 'Done all the same', [ 'false', 'true' ] ),
		select( 'body', 'Unavailable: body', [ 'json', 'html' ] ),
	].join( '' ),
	button: 'Set the fault',
} ) }`;
}

interface Rule {
	readonly enum?: readonly unknown[];
	readonly const?: unknown;
	readonly type?: string;
	readonly description?: string;
	readonly anyOf?: readonly Rule[];
}

const RULES = z.toJSONSchema( switchesSchema, { io: 'input' } )
	.properties as Readonly< Record< string, Rule > >;

/** What a switch may be; null = any figure or text. */
function choicesOf( { enum: values, anyOf, type }: Rule ): unknown[] | null {
	if ( values ) {
		return [ ...values ];
	}
	if ( anyOf?.every( ( rule ) => 'const' in rule ) ) {
		return anyOf.map( ( rule ) => rule.const );
	}
	return type === 'boolean' ? [ true, false ] : null;
}

/** What a form's text means for that switch; the schema then says whether it is one. */
export function readSwitch( name: string, text: string ): unknown {
	const rule = RULES[ name ] ?? {};
	const choice = choicesOf( rule )?.find( ( one ) => String( one ) === text );
	if ( choice !== undefined ) {
		return choice;
	}
	if ( rule.type === 'integer' || rule.type === 'number' ) {
		return text === '' ? null : Number( text );
	}
	return text === '' && rule.anyOf ? null : text;
}

/** `requestsPerMinute` as words. */
const words = ( name: string ): string =>
	name.replace( /[A-Z]/g, ( letter ) => ` ${ letter.toLowerCase() }` );

export function switchesPage( sandbox: Sandbox ): string {
	const current = sandbox.switches();
	const fields = ( Object.keys( RULES ) as ( keyof Switches )[] ).map(
		( name ) => {
			const value = String( current[ name ] ?? '' );
			const rule = RULES[ name ] ?? {};
			const choices = choicesOf( rule );
			return choices
				? select(
						name,
						words( name ),
						choices.map( String ),
						value,
						rule.description
					)
				: input(
						name,
						words( name ),
						`value="${ escapeHtml( value ) }"`,
						rule.description
					);
		}
	);
	return `<p>Each is a question that the documents leave open, or a knob of the imitation.</p>
${ form( {
	action: '/do/switches',
	back: '/switches',
	fields: fields.join( '' ),
	button: 'Change the switches',
	grid: true,
} ) }`;
}
