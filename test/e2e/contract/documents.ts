/**
 * What a command printed, held against the contract: one document, every key, the right types.
 */
import { expect } from '@jest/globals';
import { z } from 'zod';
import * as answers from '../../../src/contracts/answers.ts';
import { settingsSchema } from '../../../src/contracts/settings.ts';
import type { CliResult } from '../harness.ts';
import * as shapes from './shapes.ts';
import type { Shape } from './shapes.ts';

interface Document< T > {
	readonly schema: z.ZodType< T >;
	readonly shape: Shape;
}

const document = < T >(
	schema: z.ZodType< T >,
	shape: Shape
): Document< T > => ( { schema, shape } );

/** Every document of §4, by the name it has there. */
export const DOCUMENTS = {
	order: document( answers.orderSchema, shapes.ORDER ),
	orderList: document( answers.orderListSchema, shapes.ORDER_LIST ),
	sweep: document( answers.sweepAnswerSchema, shapes.SWEEP ),
	backfill: document( answers.backfillSchema, shapes.BACKFILL ),
	stockRun: document( answers.stockRunSchema, shapes.STOCK_RUN ),
	explain: document( answers.explainSchema, shapes.EXPLAIN ),
	problemList: document( answers.problemListSchema, shapes.PROBLEM_LIST ),
	retried: document( answers.problemsRetriedSchema, shapes.RETRIED ),
	status: document( answers.statusSchema, shapes.STATUS ),
	settings: document( settingsSchema, shapes.SETTINGS ),
	connection: document( answers.connectionViewSchema, shapes.CONNECTION ),
	connectionList: document(
		answers.connectionListSchema,
		shapes.CONNECTION_LIST
	),
	connectionRemoved: document(
		answers.connectionRemovedSchema,
		shapes.CONNECTION_REMOVED
	),
	connectionCheck: document(
		answers.connectionCheckSchema,
		shapes.CONNECTION_CHECK
	),
} as const;

type Documents = typeof DOCUMENTS;
export type DocumentName = keyof Documents;
type Of< N extends DocumentName > = z.output< Documents[ N ][ 'schema' ] >;

/** The exit code and exactly one document of this shape; answers it. */
export function expectDocument< N extends DocumentName >(
	name: N,
	result: CliResult,
	exit = 0
): Of< N > {
	expectExit( result, exit );
	const { schema, shape } = DOCUMENTS[ name ];
	return read(
		name,
		oneDocument( result ),
		schema as z.ZodType< Of< N > >,
		shape
	);
}

export interface Fault {
	readonly code: string;
	readonly message: string;
	readonly fix: string | null;
	readonly details: readonly { path: string; message: string }[] | null;
}

/** The command as a whole failed with this exit code and this code. */
export function expectError(
	result: CliResult,
	exit: number,
	code: string
): Fault {
	expectExit( result, exit );
	const { error } = read(
		'error',
		oneDocument( result ),
		answers.errorAnswerSchema,
		shapes.ERROR
	);
	expect( error.code ).toBe( code );
	expect( error.message ).toMatch( /\S.*[.?!]$/s );
	return error;
}

type NothingBegan = { readonly orderId: number; readonly error: Fault };

/** `{"results":[Order]}`, or `{error}` for those where nothing began. */
export function expectOrders(
	result: CliResult,
	exit = 0
): readonly ( answers.Order | NothingBegan )[] {
	return expectResults(
		result,
		exit,
		answers.orderResultsSchema,
		shapes.ORDER
	);
}

/** `{"results":[OrderSummary]}`. */
export function expectSummaries(
	result: CliResult,
	exit = 0
): readonly ( answers.OrderSummary | NothingBegan )[] {
	return expectResults(
		result,
		exit,
		answers.orderSummaryResultsSchema,
		shapes.ORDER_SUMMARY
	);
}

/** Those of `results` that are orders; fails when one of them is an error. */
export function began< T extends { readonly orderId: number } >(
	results: readonly ( T | NothingBegan )[]
): T[] {
	return results.map( ( entry ) => {
		if ( 'error' in entry ) {
			throw new Error( `Nothing began: ${ entry.error.message }` );
		}
		return entry as T;
	} );
}

function expectResults< T extends object >(
	result: CliResult,
	exit: number,
	schema: z.ZodType< { results: T[] } >,
	shape: Shape
): readonly T[] {
	expectExit( result, exit );
	const { results } = read(
		'results',
		oneDocument( result ),
		schema,
		shapes.RESULTS
	);
	const raw = ( result.json as { results: readonly object[] } ).results;
	expect(
		raw.flatMap( ( entry, at ) =>
			shapes.differences(
				entry,
				'error' in entry ? shapes.NOTHING_BEGAN : shape,
				`results[${ at }]`
			)
		)
	).toEqual( [] );
	return results;
}

/** The code, and what was said when it is another one. */
export function expectExit( result: CliResult, exit: number ): void {
	expect( {
		exit: result.code,
		...( result.code === exit
			? {}
			: { stdout: result.stdout, stderr: result.stderr } ),
	} ).toEqual( { exit } );
}

function oneDocument( { stdout, json }: CliResult ): unknown {
	// One line, and the whole of stdout.
	expect( stdout ).toMatch( /^\S.*\n$/ );
	expect( JSON.stringify( json ) ).toBe( stdout.trimEnd() );
	return json;
}

/** Any document, such as a line of `serve`. */
export function read< T >(
	name: string,
	value: unknown,
	schema: z.ZodType< T >,
	shape: Shape
): T {
	expect( {
		name,
		keys: shapes.differences( value, shape ),
		times: shapes.foreignTimes( value ),
	} ).toEqual( { name, keys: [], times: [] } );
	const parsed = schema.safeParse( value );
	if ( ! parsed.success ) {
		throw new Error(
			`${ name }: ${ z.prettifyError( parsed.error ) }\n${ JSON.stringify( value ) }`
		);
	}
	return parsed.data;
}
