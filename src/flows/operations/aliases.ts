/**
 * aliases import and export: what Brightpearl calls a product that the shop calls otherwise.
 */
import type { ErrorBody } from '../../contracts/answers.ts';
import type { SkuAlias } from '../../contracts/database.ts';
import {
	invalid,
	type OperationInput,
	type OperationOutput,
	type Outcome,
} from '../../contracts/operations.ts';
import { PRIORITY, taskKey } from '../../contracts/queue.ts';
import type { CsvFault } from '../../domain/csv.ts';
import { readingAliases } from '../../domain/mapping/aliases.ts';
import { breathing } from '../breathing.ts';
import { done, failure, type OperationContext } from './context.ts';
import { findStored } from './scope.ts';

/** So many orders are woken at once. */
const PAGE = 1000;
/** With more, nobody reads on: a table of the wrong kind has one in each line. */
const MOST_TOLD = 100;

export async function aliasesExport(
	context: OperationContext,
	input: OperationInput< 'aliasesExport' >
): Promise< Outcome< OperationOutput< 'aliasesExport' > > > {
	const found = await findStored( context, input.connection );
	if ( ! found.ok ) {
		return found.outcome;
	}
	const items = await context.database.aliases.list(
		found.stored.record.name
	);
	return done( { items, total: items.length } );
}

export async function aliasesImport(
	context: OperationContext,
	input: OperationInput< 'aliasesImport' >
): Promise< Outcome< OperationOutput< 'aliasesImport' > > > {
	const found = await findStored( context, input.connection );
	if ( ! found.ok ) {
		return found.outcome;
	}
	const read = await breathing( readingAliases( input.csv ) );
	if ( ! read.ok ) {
		return {
			exit: 2,
			body: { error: invalidAliases( detailsOf( read.faults ) ) },
		};
	}
	const { name } = found.stored.record;
	if ( read.aliases.length === 0 && ! input.allowEmpty ) {
		return failure(
			2,
			'no-aliases',
			'There is no alias in the table: importing it would remove all there are.',
			'Nothing was changed. If all aliases are to be removed, say so with --allow-empty and a table of the header alone (sku,alias).'
		);
	}
	return done( {
		imported: read.aliases.length,
		retried: await replaceAliases( context, name, read.aliases ),
	} );
}

/** @return How many orders waited for an unknown SKU, and are looked at again. */
export async function replaceAliases(
	{ database, events }: OperationContext,
	connection: string,
	aliases: readonly SkuAlias[]
): Promise< number > {
	await database.aliases.replaceAll( connection, aliases );
	events.emit( { event: 'changed', connection, what: 'settings' } );
	let retried = 0;
	let cursor: string | null = null;
	do {
		const page: Awaited< ReturnType< typeof database.orderLinks.list > > =
			await database.orderLinks.list( {
				connection,
				problem: 'sku-unknown',
				limit: PAGE,
				...( cursor === null ? {} : { cursor } ),
			} );
		const keys = ( page?.items ?? [] ).map( ( { orderId } ) =>
			taskKey( connection, 'order', orderId )
		);
		await database.queue.enqueue(
			keys.map( ( key ) => ( {
				key,
				kind: 'order',
				connection,
				priority: PRIORITY.order,
			} ) )
		);
		await database.queue.wake( keys );
		retried += keys.length;
		cursor = page?.nextCursor ?? null;
	} while ( cursor !== null );
	return retried;
}

function detailsOf(
	faults: readonly CsvFault[]
): NonNullable< ErrorBody[ 'details' ] > {
	const told = faults
		.toSorted( ( a, b ) => a.line - b.line )
		.slice( 0, MOST_TOLD )
		.map( ( { line, message } ) => ( {
			path: `line ${ line }`,
			message,
		} ) );
	const left = faults.length - told.length;
	return left === 0
		? told
		: [ ...told, { path: '', message: `and ${ left } more faults` } ];
}

function invalidAliases(
	details: NonNullable< ErrorBody[ 'details' ] >
): ErrorBody {
	return invalid(
		'invalid-aliases',
		details,
		'Nothing was imported. The table has the columns sku (the shop’s) and alias (Brightpearl’s), as "aliases export" writes it.'
	);
}
