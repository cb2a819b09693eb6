import { describe, expect, test } from '@jest/globals';
import { foldJournal } from '../../../../admin-ui/src/screens/orders/journal.ts';
import type {
	JournalEntry,
	JournalOutcome,
} from '../../../../src/contracts/answers.ts';

let second = 0;
const entry = (
	step: string,
	outcome: JournalOutcome,
	more: Partial< JournalEntry > = {}
): JournalEntry => ( {
	at: new Date( Date.UTC( 2026, 0, 1 ) + ++second * 1000 ).toISOString(),
	step,
	outcome,
	ref: null,
	message: null,
	ruid: null,
	...more,
} );

const brief = ( journal: readonly JournalEntry[] ) =>
	foldJournal( journal ).map(
		( { step, outcome, tries } ) => `${ step } ${ outcome } ${ tries }`
	);

describe( 'the journal', () => {
	test( 'what was meant and what came of it are one entry, with both times', () => {
		const intent = entry( 'CreateOrder', 'intent', { ref: 'P-1' } );
		const done = entry( 'CreateOrder', 'done', { ref: 'sales order 9' } );
		expect( foldJournal( [ intent, done ] ) ).toEqual( [
			{
				key: '0',
				step: 'CreateOrder',
				outcome: 'done',
				from: intent.at,
				at: done.at,
				ref: 'sales order 9',
				message: null,
				ruids: [],
				tries: 1,
			},
		] );
	} );

	test( 'the reference of the intent stays where the outcome has none', () => {
		const [ item ] = foldJournal( [
			entry( 'CreateOrder', 'intent', { ref: 'P-1' } ),
			entry( 'CreateOrder', 'refused', { message: 'No.', ruid: 'r-1' } ),
		] );
		expect( item ).toMatchObject( {
			ref: 'P-1',
			message: 'No.',
			ruids: [ 'r-1' ],
		} );
	} );

	test( 'an intent without an outcome is shown as begun', () => {
		expect(
			brief( [
				entry( 'CreateOrder', 'intent' ),
				entry( 'CreateOrder', 'intent' ),
				entry( 'CreateOrder', 'found' ),
			] )
		).toEqual( [ 'CreateOrder intent 1', 'CreateOrder found 1' ] );
	} );

	test( 'steps that overlap are not mixed up', () => {
		expect(
			brief( [
				entry( 'EnsureContact', 'intent' ),
				entry( 'RecordPayment', 'intent' ),
				entry( 'EnsureContact', 'done' ),
				entry( 'RecordPayment', 'retry' ),
			] )
		).toEqual( [ 'EnsureContact done 1', 'RecordPayment retry 1' ] );
	} );

	test( 'the same failure again and again is one entry that counts', () => {
		const tries = [ 1, 2, 3 ].flatMap( ( n ) => [
			entry( 'CreateOrder', 'intent' ),
			entry( 'CreateOrder', 'retry', {
				message: 'Down.',
				ruid: `r-${ n }`,
			} ),
		] );
		const [ item, ...more ] = foldJournal( tries );
		expect( more ).toEqual( [] );
		expect( item ).toMatchObject( {
			tries: 3,
			from: tries[ 0 ]?.at,
			at: tries.at( -1 )?.at,
			ruids: [ 'r-1', 'r-2', 'r-3' ],
		} );
	} );

	test( 'another message is another entry, and what was made is never folded', () => {
		expect(
			brief( [
				entry( 'CreateOrder', 'retry', { message: 'Down.' } ),
				entry( 'CreateOrder', 'retry', { message: 'Slow.' } ),
				entry( 'RecordPayment', 'done' ),
				entry( 'RecordPayment', 'done' ),
			] )
		).toEqual( [
			'CreateOrder retry 1',
			'CreateOrder retry 1',
			'RecordPayment done 1',
			'RecordPayment done 1',
		] );
	} );
} );
