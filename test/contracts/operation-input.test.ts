/** What an operation's input is refused for, in words for who typed it. */
import { expect, test } from '@jest/globals';
import {
	parseOperationInput,
	type OperationName,
} from '../../src/contracts/operations.ts';

const refused = ( name: OperationName, input: unknown ) => {
	const read = parseOperationInput( name, input );
	return read.ok ? null : read.error;
};

test.each( [ 'foo', '@', 'a b@example.com' ] )(
	'a customer is an e-mail address, which %s is not',
	( customer ) => {
		expect( refused( 'ordersList', { customer } )?.message ).toBe(
			'--customer is no e-mail address.'
		);
	}
);

test( 'an e-mail address is one, with spaces around it too', () => {
	expect(
		refused( 'ordersList', { customer: ' ann@example.test ' } )
	).toBeNull();
} );

test( 'a day that is none is told by itself; two days the wrong way round are told', () => {
	expect(
		refused( 'ordersBackfill', { from: '2026-13-01', to: '2026-11-30' } )
			?.details
	).toEqual( [
		{ path: 'from', message: 'is not a day such as 2026-11-21' },
	] );
	expect(
		refused( 'ordersBackfill', { from: '2026-11-30', to: '2026-11-01' } )
			?.details
	).toEqual( [ { path: 'to', message: 'must not be earlier than --from' } ] );
	expect(
		refused( 'ordersBackfill', { from: '2026-11-01', to: '2026-11-01' } )
	).toBeNull();
} );

test( 'the sentence calls an id what people call it, the details keep its path', () => {
	expect( refused( 'ordersPush', { orderIds: [ 1, 'abc' ] } ) ).toMatchObject(
		{
			message: 'order id (no. 2) must be a whole number, such as 4336.',
			details: [ { path: 'orderIds.1' } ],
		}
	);
} );
