import { describe, expect, test } from '@jest/globals';
import { problemsOf } from '../../../../admin-ui/src/screens/orders/problems-of.ts';
import { aProblem } from '../../helpers/problem.ts';

const first = aProblem( { id: 1, subject: 'order:7' } );
const second = aProblem( { id: 2, subject: 'order:7', code: 'tax-unmapped' } );

const idsOf = ( ...input: Parameters< typeof problemsOf > ): number[] =>
	problemsOf( ...input ).map( ( { id } ) => id );

describe( 'the problems of an order', () => {
	test( 'are all of its own, each once, and nobody else’s', () => {
		expect(
			idsOf( { orderId: 7, problem: first }, [
				second,
				first,
				aProblem( { id: 3, subject: 'order:70' } ),
				aProblem( { id: 4, subject: 'order:7', connection: 'other' } ),
				aProblem( { id: 5, subject: 'connection:demo' } ),
			] )
		).toEqual( [ 1, 2 ] );
	} );

	test( 'stand behind the connection’s, which stops the order as well', () => {
		const wide = aProblem( { id: 9, subject: 'connection:demo' } );
		expect(
			idsOf( { orderId: 7, problem: wide }, [ first, second, wide ] )
		).toEqual( [ 9, 1, 2 ] );
	} );

	test( 'are there before the list is, and gone when the order has none', () => {
		expect( idsOf( { orderId: 7, problem: first }, [] ) ).toEqual( [ 1 ] );
		expect( idsOf( { orderId: 7, problem: null }, [ first ] ) ).toEqual(
			[]
		);
	} );
} );
