/**
 * What a run could not write waits for a person as a problem of its SKU, until a run can.
 */
import type { StockRun } from '../../contracts/answers.ts';
import type { ProblemDraft } from '../../contracts/problem.ts';
import type { StockError } from '../../domain/stock/match.ts';
import type { StockParts } from './parts.ts';

/** So many are raised at most: beyond that the list of the run itself is the better place. */
const MOST = 100;

const OURS: ReadonlySet< string > = new Set( [
	'sku-duplicate',
	'stock-refused',
] );

/** @param skus What the run looked at; null = everything. */
export async function tellStockProblems(
	{ connection, database, events, world }: StockParts,
	run: StockRun,
	skus: readonly string[] | null
): Promise< void > {
	const failed = new Map< string, ProblemDraft >();
	for ( const error of run.errors ) {
		const draft = draftOf( error );
		if ( error.sku !== null && draft !== null ) {
			failed.set( subjectOf( error.sku ), draft );
		}
	}
	const standing = ( await database.problems.list( { connection } ) ).filter(
		( { subject, code } ) =>
			subject.startsWith( 'sku:' ) && OURS.has( code )
	);
	const looked = skus === null ? null : new Set( skus.map( subjectOf ) );
	for ( const { subject, code } of standing ) {
		const over = failed.get( subject )?.code !== code;
		if ( over && ( looked === null || looked.has( subject ) ) ) {
			const others = await database.problems.list( {
				connection,
				subject,
			} );
			await database.problems.clear(
				connection,
				subject,
				others
					.map( ( other ) => other.code )
					.filter( ( other ) => other !== code )
			);
		}
	}
	for ( const [ subject, draft ] of [ ...failed ].slice( 0, MOST ) ) {
		const known = standing.some(
			( one ) => one.subject === subject && one.code === draft.code
		);
		const problem = await database.problems.raise(
			connection,
			subject,
			draft
		);
		if ( ! known ) {
			events?.emit( { event: 'problem', connection, problem } );
		}
	}
	if ( failed.size > MOST ) {
		world.logger.warn(
			{ connection, runId: run.runId, failed: failed.size, raised: MOST },
			'More SKUs failed than are raised as problems; the run lists them all.'
		);
	}
}

function subjectOf( sku: string ): string {
	return `sku:${ sku }`;
}

function draftOf( { sku, code, message }: StockError ): ProblemDraft | null {
	switch ( code ) {
		case 'sku-unknown':
			// Asked for by hand and answered there; a shop may well sell what Brightpearl has not.
			return null;
		case 'sku-duplicate':
			return {
				code,
				message,
				cause: `SKU "${ sku }" does not say which product is meant.`,
				fix: 'Give every product its own SKU, in the shop and in Brightpearl; the next pull takes it up.',
				field: null,
			};
		default:
			return {
				code: 'stock-refused',
				message: `The shop did not take the stock of SKU "${ sku }": ${ message }`,
				cause: `The shop answered ${ code }.`,
				fix: 'Open the product in the shop and see that it exists and manages its stock; the next pull tries again.',
				field: null,
			};
	}
}
