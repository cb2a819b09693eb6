/** The report as a table for a spreadsheet: the worst first, as on the screen. */
import { __ } from '@wordpress/i18n';
import type { MappingReport } from '../../../../src/contracts/answers.ts';
import { csvFor, withMark } from '../../components/csv.ts';
import { kindName, levelLabel } from './words.ts';

export function reportCsv( { items }: Pick< MappingReport, 'items' > ): string {
	return withMark(
		csvFor( [
			[
				__( 'Kind', 'pearlbridge' ),
				__( 'How bad', 'pearlbridge' ),
				__( 'Code', 'pearlbridge' ),
				__( 'In the shop', 'pearlbridge' ),
				__( 'Name', 'pearlbridge' ),
				__( 'In Brightpearl', 'pearlbridge' ),
				__( 'What is wrong', 'pearlbridge' ),
				__( 'Proposal', 'pearlbridge' ),
				__( 'Why', 'pearlbridge' ),
				__( 'Orders in 90 days', 'pearlbridge' ),
			],
			...items.map( ( item ) => [
				kindName( item.kind ),
				levelLabel( item.level ).text,
				item.code,
				item.store,
				item.name,
				item.brightpearl,
				item.message,
				item.proposal?.label ?? null,
				item.proposal?.why ?? null,
				item.orders,
			] ),
		] )
	);
}
