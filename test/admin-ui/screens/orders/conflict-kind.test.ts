import { describe, expect, test } from '@jest/globals';
import {
	conflictKind,
	conflictWords,
	storeCanHold,
} from '../../../../admin-ui/src/screens/orders/conflict-kind.ts';
import { nextText } from '../../../../admin-ui/src/screens/orders/state-text.ts';
import type { Conflict, Order } from '../../../../src/contracts/answers.ts';
import type { ProblemCode } from '../../../../src/contracts/problem.ts';
import { aProblem } from '../../helpers/problem.ts';

const line: Conflict = {
	what: 'line-12',
	name: 'line "Canvas Tote"',
	store: '2 × 10.00 + 4.00 tax',
	brightpearl: '3 × 10.00 + 6.00 tax',
};
const added: Conflict = {
	what: 'row-881',
	name: 'row "Gift wrap", added in Brightpearl',
	store: 'not there',
	brightpearl: '1 × 3.00 + 0.60 tax',
};
const asked = ( code: ProblemCode, ...conflicts: Conflict[] ) => ( {
	problem: aProblem( { code } ),
	conflicts,
} );

describe( 'what differs is asked about as what it is', () => {
	test.each( [
		[ 'changed-on-both-sides', 'both' ],
		[ 'total-mismatch', 'edited' ],
		[ 'order-changed', 'invoiced' ],
		[ 'refund-deleted', 'refund-deleted' ],
	] as const )( '%s: %s', ( code, kind ) => {
		expect( conflictKind( asked( code, line ) ) ).toBe( kind );
	} );

	test( 'each kind under a title of its own', () => {
		const titles = (
			[
				'changed-on-both-sides',
				'total-mismatch',
				'order-changed',
				'refund-deleted',
			] as const
		 ).map( ( code ) => conflictWords( asked( code, line ) ).title );
		expect( new Set( titles ).size ).toBe( 4 );
	} );
} );

describe( 'the shop’s values can be chosen', () => {
	test( 'where they would be written', () => {
		expect( storeCanHold( asked( 'changed-on-both-sides', line ) ) ).toBe(
			true
		);
		expect( storeCanHold( asked( 'total-mismatch', line, added ) ) ).toBe(
			true
		);
	} );

	test( 'not where only rows differ that were added in Brightpearl', () => {
		expect( storeCanHold( asked( 'total-mismatch', added ) ) ).toBe(
			false
		);
	} );

	test( 'not of an invoiced order nor of a closed credit', () => {
		expect( storeCanHold( asked( 'order-changed', line ) ) ).toBe( false );
		expect( storeCanHold( asked( 'refund-deleted', line ) ) ).toBe( false );
	} );
} );

describe( 'the way by hand', () => {
	const byHand = ( code: ProblemCode, ...conflicts: Conflict[] ): string =>
		conflictWords( asked( code, ...conflicts ) ).byHand;

	test( 'needs a retry after what is done in Brightpearl', () => {
		expect( byHand( 'changed-on-both-sides', line ) ).toMatch( /retry/ );
		expect( byHand( 'total-mismatch', line ) ).toMatch(
			/Brightpearl and then retry/
		);
	} );

	test( 'says where a row is taken out that was added in Brightpearl', () => {
		expect( byHand( 'total-mismatch', line, added ) ).toMatch(
			/only taken out there; then retry/
		);
	} );
} );

test( 'what happens next: a choice needs no retry, anything else does', () => {
	const order = ( conflicts: readonly Conflict[] ) =>
		( { state: 'problem', conflicts } ) as unknown as Order;
	expect( nextText( order( [ line ] ), null, 0 ) ).toMatch( /chosen above/ );
	expect( nextText( order( [ line ] ), null, 0 ) ).not.toMatch( /retry/i );
	expect( nextText( order( [] ), null, 0 ) ).toMatch( /Then retry/ );
} );
