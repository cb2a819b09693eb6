/** The readiness report for a person, and as a table. */
import type { MappingItem, MappingReport } from '../../contracts/answers.ts';
import { writeCsv } from '../../domain/csv.ts';
import { count, indent, sections } from '../text.ts';

/** What a person reads at once; the table has all. */
const MOST_SHOWN = 20;

export function reportText( report: MappingReport ): string {
	const { skus, items, trouble } = report;
	const open = items.filter( ( { level } ) => level !== 'ok' );
	const errors = open.filter( ( { level } ) => level === 'error' ).length;
	return sections(
		report.ready
			? `${ report.connection } is ready: nothing here would stop an order.`
			: `${ report.connection } is not ready: ${ count( errors, 'thing' ) } would stop orders.`,
		`SKUs: ${ skus.total } sold, ${ skus.matched } found, ${ skus.aliased } by an alias, ${ skus.missing } missing, ${ skus.similar } that differ by capitals or spaces, ${ skus.duplicate } twice in Brightpearl; ${ count( skus.parentOnly, 'variation' ) } with the SKU of the product alone, ${ count( skus.empty, 'product' ) } without one.`,
		open.length === 0
			? null
			: open.slice( 0, MOST_SHOWN ).map( itemText ).join( '\n' ),
		open.length > MOST_SHOWN
			? `${ open.length - MOST_SHOWN } more with --csv FILE or --json.`
			: null,
		trouble.length === 0
			? null
			: trouble
					.map( ( { message } ) => `Not asked: ${ message }` )
					.join( '\n' )
	);
}

function itemText( { level, message, proposal }: MappingItem ): string {
	const said = `${ level === 'error' ? '✗' : '!' } ${ message }`;
	return proposal === null
		? said
		: `${ said }\n${ indent( `Perhaps ${ proposal.label }: ${ proposal.why } ${ howTo( proposal ) }` ) }`;
}

const howTo = ( { key, value }: NonNullable< MappingItem[ 'proposal' ] > ) =>
	key === 'alias'
		? 'Add it with "aliases import".'
		: `pearlbridge settings set '${ key }=${ value.replaceAll( "'", `'\\''` ) }'`;

const COLUMNS = [
	'kind',
	'code',
	'level',
	'store',
	'name',
	'brightpearl',
	'proposal key',
	'proposal value',
	'proposal label',
	'proposal why',
	'message',
	'orders',
];

export function reportCsv( { items }: MappingReport ): string {
	return writeCsv( [
		COLUMNS,
		...items.map( ( item ) => [
			item.kind,
			item.code,
			item.level,
			item.store,
			item.name ?? '',
			item.brightpearl ?? '',
			item.proposal?.key ?? '',
			item.proposal?.value ?? '',
			item.proposal?.label ?? '',
			item.proposal?.why ?? '',
			item.message,
			item.orders === null ? '' : String( item.orders ),
		] ),
	] );
}
