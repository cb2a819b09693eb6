import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
	onHandOf,
	publishedStock,
} from '../../../src/domain/stock/published.ts';

const TWO_WAREHOUSES = new Map( [
	[ 2, 8 ],
	[ 3, 4 ],
] );

const BASE = {
	onHandByWarehouse: TWO_WAREHOUSES,
	counted: null,
	inFlight: 0,
	buffer: 0,
	minimum: 0,
	maximum: null,
	backorders: false,
};

describe( 'the published figure', () => {
	test.each( [
		[ 'counts every warehouse when none is named', {}, 12 ],
		[
			'counts only the warehouses named',
			{ counted: new Set( [ 3 ] ) },
			4,
		],
		[
			'counts nothing of a warehouse that holds none',
			{ counted: new Set( [ 9 ] ) },
			0,
		],
		[ 'takes off what is in flight', { inFlight: 2 }, 10 ],
		[ 'takes off the buffer', { inFlight: 2, buffer: 1 }, 9 ],
		[ 'does not fall below the minimum', { inFlight: 20 }, 0 ],
		[
			'is raised to a minimum above nought',
			{ inFlight: 11, minimum: 5 },
			5,
		],
		[
			'may be negative where the minimum is',
			{ inFlight: 20, minimum: -3 },
			-3,
		],
		[
			'may be negative where backorders are allowed',
			{ inFlight: 20, backorders: true },
			-8,
		],
		[
			'ignores a minimum above nought where backorders are allowed',
			{ inFlight: 11, minimum: 5, backorders: true },
			1,
		],
		[ 'is cut to the maximum', { maximum: 10 }, 10 ],
		[
			'is cut to the maximum with backorders too',
			{ maximum: 10, backorders: true },
			10,
		],
		[
			'keeps to a maximum below the minimum',
			{ minimum: 5, maximum: 3 },
			3,
		],
		[
			'is 0 for a product that is nowhere',
			{ onHandByWarehouse: new Map() },
			0,
		],
		[
			'counts a negative warehouse against the others',
			{
				onHandByWarehouse: new Map( [
					[ 2, 5 ],
					[ 3, -2 ],
				] ),
			},
			3,
		],
		[ 'is whole', { onHandByWarehouse: new Map( [ [ 2, 2.9 ] ] ) }, 2 ],
	] )( '%s', ( _what, change, expected ) => {
		expect( publishedStock( { ...BASE, ...change } ) ).toBe( expected );
	} );

	test( 'never promises more than what can be sold unless the minimum says so', () => {
		const figures = fc.record( {
			onHandByWarehouse: fc
				.array(
					fc.tuple(
						fc.integer( { min: 1, max: 5 } ),
						fc.integer( { min: -20, max: 50 } )
					)
				)
				.map( ( entries ) => new Map( entries ) ),
			counted: fc.option(
				fc
					.array( fc.integer( { min: 1, max: 5 } ) )
					.map( ( ids ) => new Set( ids ) )
			),
			inFlight: fc.nat( 60 ),
			buffer: fc.nat( 10 ),
			minimum: fc.integer( { min: -5, max: 5 } ),
			maximum: fc.option( fc.integer( { min: -5, max: 40 } ) ),
			backorders: fc.boolean(),
		} );
		fc.assert(
			fc.property( figures, ( input ) => {
				const sellable =
					onHandOf( input.onHandByWarehouse, input.counted ) -
					input.inFlight -
					input.buffer;
				const published = publishedStock( input );
				const most = input.backorders
					? sellable
					: Math.max( sellable, input.minimum );
				expect( published ).toBeLessThanOrEqual( most );
				expect( published ).toBeLessThanOrEqual(
					input.maximum ?? Infinity
				);
			} )
		);
	} );
} );
