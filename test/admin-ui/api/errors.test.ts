import { describe, expect, test } from '@jest/globals';
import { readAnswer } from '../../../admin-ui/src/api/answer.ts';
import {
	errorFromBody,
	isSignedOut,
	lostAnswer,
} from '../../../admin-ui/src/api/errors.ts';

describe( 'a refusal', () => {
	test( 'of the sidecar says what it says', () => {
		const error = {
			code: 'invalid-input',
			message: 'orderId must be a whole number.',
			fix: 'Write 4336.',
			details: [ { path: 'orderId', message: 'must be a whole number' } ],
		};
		expect( errorFromBody( { error }, 400 ) ).toEqual( {
			...error,
			exit: null,
			unknown: false,
		} );
	} );

	test( 'of WordPress is put into the same shape, without its markup', () => {
		expect(
			errorFromBody(
				{
					code: 'clock_skew',
					message: '<strong>The clock</strong> is 7 min off.',
					data: { status: 409, fix: 'Set the clock.' },
				},
				null
			)
		).toEqual( {
			code: 'clock_skew',
			message: 'The clock is 7 min off.',
			fix: 'Set the clock.',
			details: null,
			exit: null,
			unknown: false,
		} );
	} );

	test( 'by a gateway says nothing about what was asked', () => {
		const gateway = {
			code: 'sidecar_timeout',
			message: 'Slow.',
			data: { status: 504 },
		};
		expect( errorFromBody( gateway, null ).unknown ).toBe( true );
		expect( errorFromBody( '<html>502</html>', 502 ) ).toEqual(
			lostAnswer( false )
		);
	} );

	test( 'that nobody understands is said to be so', () => {
		expect( errorFromBody( { hello: 1 }, 404 ).code ).toBe(
			'strange-answer'
		);
	} );

	test.each( [
		'rest_cookie_invalid_nonce',
		'rest_not_logged_in',
		'no-session',
	] )( '%s means signed out', ( code ) => {
		expect(
			isSignedOut(
				errorFromBody(
					{ code, message: '', data: { status: 401 } },
					null
				)
			)
		).toBe( true );
	} );
} );

describe( 'an answer', () => {
	test( 'is read with the schema of its operation', () => {
		expect(
			readAnswer( 'problemsRetry', {
				ok: true,
				exit: 0,
				body: { retried: 2, more: 'ignored' },
			} )
		).toEqual( { ok: true, exit: 0, value: { retried: 2 } } );
	} );

	test( 'of another shape is an error, not half a value', () => {
		expect(
			readAnswer( 'problemsRetry', {
				ok: true,
				exit: 0,
				body: { retried: 'two' },
			} )
		).toMatchObject( { ok: false, error: { code: 'strange-answer' } } );
	} );

	test( 'with results is one also when a person must act', () => {
		expect(
			readAnswer( 'ordersPush', {
				ok: true,
				exit: 3,
				body: { results: [] },
			} )
		).toEqual( { ok: true, exit: 3, value: { results: [] } } );
	} );

	test( 'that says why it failed is that error, with its exit', () => {
		const error = {
			code: 'busy',
			message: 'Busy.',
			fix: null,
			details: null,
		};
		expect(
			readAnswer( 'stockPull', { ok: true, exit: 5, body: { error } } )
		).toEqual( {
			ok: false,
			error: { ...error, exit: 5, unknown: false },
		} );
	} );

	test( 'that took too long may still come true', () => {
		const error = {
			code: 'timeout',
			message: '',
			fix: null,
			details: null,
		};
		expect(
			readAnswer( 'stockPull', { ok: true, exit: 7, body: { error } } )
		).toMatchObject( { ok: false, error: { unknown: true } } );
	} );
} );
