/** Whether both worlds know every switch of the sandbox. */
import { expect, test } from '@jest/globals';
import { z } from 'zod';
import {
	strictSwitches,
	switchesSchema,
} from '../../src/sandbox/brightpearl/switches.ts';
import { lenient, MANY_SIDED, strict, UNTURNED } from '../helpers/worlds.ts';

const DEFAULTS: Readonly< Record< string, unknown > > = strictSwitches();

/** The values of a switch that has a list of them. */
function sidesOf( schema: z.core.$ZodType ): readonly unknown[] | null {
	if ( schema instanceof z.ZodDefault ) {
		return sidesOf( schema.unwrap() );
	}
	if ( schema instanceof z.ZodEnum ) {
		return schema.options;
	}
	if ( schema instanceof z.ZodBoolean ) {
		return [ true, false ];
	}
	if ( schema instanceof z.ZodLiteral ) {
		return [ ...schema.values ];
	}
	return schema instanceof z.ZodUnion
		? schema.options.flatMap( ( option ) => sidesOf( option ) ?? [] )
		: null;
}
const SIDES = new Map(
	Object.entries( switchesSchema.shape ).flatMap( ( [ name, schema ] ) => {
		const sides = sidesOf( schema );
		return sides === null ? [] : [ [ name, sides ] as const ];
	} )
);

test( 'every switch is either turned in the lenient world or stays for a reason', () => {
	expect(
		[
			...Object.keys( lenient.switches ),
			...Object.keys( UNTURNED ),
		].sort()
	).toEqual( Object.keys( DEFAULTS ).sort() );
	for ( const why of Object.values( UNTURNED ) ) {
		expect( why ).not.toBe( '' );
	}
} );

test( 'every switch of two sides is turned', () => {
	expect(
		[ ...SIDES ].flatMap( ( [ name, sides ] ) =>
			sides.length === 2 && ! Object.hasOwn( lenient.switches, name )
				? [ name ]
				: []
		)
	).toEqual( [] );
} );

test( 'what is turned is not as it was before, and the sandbox takes it', () => {
	expect( strict.switches ).toEqual( {} );
	for ( const [ name, value ] of Object.entries( lenient.switches ) ) {
		expect( [ name, value ] ).not.toEqual( [ name, DEFAULTS[ name ] ] );
	}
	expect( switchesSchema.parse( lenient.switches ) ).toMatchObject(
		lenient.switches
	);
} );

test( 'every switch of more than two sides has tests for each', () => {
	expect( MANY_SIDED ).toEqual(
		Object.fromEntries(
			[ ...SIDES ].filter( ( [ , sides ] ) => sides.length > 2 )
		)
	);
} );
